import type { Choice, Column } from './column.ts';

const text = (name: string, label: string, maxLength: number): Column => ({ kind: 'String', name, label, maxLength });
const flag = (name: string, label: string): Column => ({ kind: 'Boolean', name, label });
const choices = (...labels: string[]): Choice[] => labels.map((label, index) => ({ value: index + 1, label }));

/**
 * The lead table as Dynamics 365 Sales ships it, in the order in which a person reads it. A tenant may differ: another table can be passed to the
 * sandbox in its place. Source: https://learn.microsoft.com/dynamics365/developer/reference/entities/lead
 */
export const leadColumns: Column[] = [
	{ ...text('subject', 'Topic', 300), required: 'ApplicationRequired' },
	text('salutation', 'Salutation', 100),
	text('firstname', 'First Name', 50),
	text('middlename', 'Middle Name', 50),
	{ ...text('lastname', 'Last Name', 50), required: 'ApplicationRequired' },
	{ ...text('fullname', 'Name', 160), readOnly: true },
	text('jobtitle', 'Job Title', 100),
	text('emailaddress1', 'Email', 100),
	text('emailaddress2', 'Email Address 2', 100),
	text('telephone1', 'Business Phone', 50),
	text('telephone2', 'Home Phone', 50),
	text('mobilephone', 'Mobile Phone', 20),
	text('fax', 'Fax', 50),
	text('companyname', 'Company Name', 100),
	text('websiteurl', 'Website', 200),
	text('address1_line1', 'Street 1', 250),
	text('address1_line2', 'Street 2', 250),
	text('address1_city', 'City', 80),
	text('address1_stateorprovince', 'State/Province', 50),
	text('address1_postalcode', 'ZIP/Postal Code', 20),
	text('address1_country', 'Country/Region', 80),
	{
		kind: 'Picklist',
		name: 'leadsourcecode',
		label: 'Lead Source',
		choices: choices(
			'Advertisement',
			'Employee Referral',
			'External Referral',
			'Partner',
			'Public Relations',
			'Seminar',
			'Trade Show',
			'Web',
			'Word of Mouth',
			'Other',
		),
	},
	{ kind: 'Picklist', name: 'leadqualitycode', label: 'Rating', choices: choices('Hot', 'Warm', 'Cold') },
	{ kind: 'Memo', name: 'description', label: 'Description', maxLength: 2000 },
	{ kind: 'Integer', name: 'numberofemployees', label: 'No. of Employees', min: 0, max: 1_000_000 },
	{ kind: 'Money', name: 'revenue', label: 'Annual Revenue', min: 0, max: 100_000_000_000 },
	{ kind: 'Money', name: 'budgetamount', label: 'Budget Amount', min: 0, max: 1_000_000_000_000 },
	flag('donotemail', 'Do not allow Emails'),
	flag('donotphone', 'Do not allow Phone Calls'),
	flag('donotbulkemail', 'Do not allow Bulk Emails'),
	{ kind: 'Lookup', name: 'ownerid', label: 'Owner', targets: ['systemusers', 'teams'] },
	{ kind: 'Lookup', name: 'campaignid', label: 'Source Campaign', targets: ['campaigns'] },
	{ kind: 'Lookup', name: 'transactioncurrencyid', label: 'Currency', targets: ['transactioncurrencies'] },
	{
		kind: 'State',
		name: 'statecode',
		label: 'Status',
		choices: ['Open', 'Qualified', 'Disqualified'].map((label, value) => ({ value, label })),
	},
	{
		kind: 'Status',
		name: 'statuscode',
		label: 'Status Reason',
		choices: choices('New', 'Contacted', 'Qualified', 'Lost', 'Cannot Contact', 'No Longer Interested', 'Canceled').map(
			(choice, index) => ({
				...choice,
				state: index < 2 ? 0 : index < 3 ? 1 : 2,
			}),
		),
	},
	{ kind: 'DateTime', name: 'createdon', label: 'Created On', readOnly: true },
	{ kind: 'DateTime', name: 'overriddencreatedon', label: 'Record Created On', createOnly: true },
	{ kind: 'DateTime', name: 'modifiedon', label: 'Modified On', readOnly: true },
	{ kind: 'Uniqueidentifier', name: 'leadid', label: 'Lead', required: 'SystemRequired' },
];
