import type { Choice, LeadColumn, LeadColumns } from './lead-column.ts';

/** The columns of a lead record that are filled with text. */
export type TextColumn =
	| 'subject'
	| 'firstname'
	| 'lastname'
	| 'companyname'
	| 'emailaddress1'
	| 'telephone1'
	| 'jobtitle'
	| 'address1_country'
	| 'description';

/** Longest values in UTF-16 units, as the table comes with Dynamics 365 Sales. Longer ones are refused, not cut. */
export const crmLimits: Record<TextColumn, number> = {
	subject: 300,
	firstname: 50,
	lastname: 50,
	companyname: 100,
	emailaddress1: 100,
	telephone1: 50,
	jobtitle: 100,
	address1_country: 80,
	description: 2000,
};

/** Environments have been seen that allow no more. */
export const shortestSubject = 50;

const text = (maxLength: number, indivisible = false): LeadColumn => ({ type: 'text', maxLength, ...(indivisible && { indivisible }) });
const lookup = (property: string, ...tables: string[]): LeadColumn => ({
	type: 'lookup',
	targets: tables.map((table) => ({ table, property })),
});
/** Environments change these lists. */
const choice = (...labels: string[]): LeadColumn => ({ type: 'choice', choices: labels.map(toChoice), open: true });
const toChoice = (label: string, index: number): Choice => ({ value: index + 1, labels: [label] });

const leadSources =
	'Advertisement;Employee Referral;External Referral;Partner;Public Relations;Seminar;Trade Show;Web;Word of Mouth;Other'.split(';');

/**
 * The usual columns as Dynamics 365 Sales ships them, for when an environment does not tell its own.
 * https://learn.microsoft.com/dynamics365/developer/reference/entities/lead
 */
export const builtInColumns: LeadColumns = {
	complete: false,
	byName: new Map(
		Object.entries<LeadColumn>({
			subject: text(crmLimits.subject),
			salutation: text(100),
			firstname: text(crmLimits.firstname),
			middlename: text(50),
			lastname: text(crmLimits.lastname),
			companyname: text(crmLimits.companyname),
			emailaddress1: text(crmLimits.emailaddress1, true),
			emailaddress2: text(100, true),
			telephone1: text(crmLimits.telephone1, true),
			telephone2: text(50, true),
			mobilephone: text(20, true),
			fax: text(50, true),
			jobtitle: text(crmLimits.jobtitle),
			websiteurl: text(200, true),
			address1_line1: text(250),
			address1_line2: text(250),
			address1_city: text(80),
			address1_stateorprovince: text(50),
			address1_postalcode: text(20),
			address1_country: text(crmLimits.address1_country),
			description: { type: 'memo', maxLength: crmLimits.description },
			leadsourcecode: choice(...leadSources),
			leadqualitycode: choice('Hot', 'Warm', 'Cold'),
			numberofemployees: { type: 'wholeNumber', min: 0, max: 1_000_000 },
			revenue: { type: 'decimal', min: 0, max: 100_000_000_000, precision: 2, money: true },
			budgetamount: { type: 'decimal', min: 0, max: 1_000_000_000_000, precision: 2, money: true },
			donotemail: { type: 'boolean' },
			donotphone: { type: 'boolean' },
			donotbulkemail: { type: 'boolean' },
			overriddencreatedon: { type: 'date' },
			ownerid: lookup('ownerid', 'owner'),
			campaignid: lookup('campaignid', 'campaign'),
			transactioncurrencyid: lookup('transactioncurrencyid', 'transactioncurrency'),
		}),
	),
};
