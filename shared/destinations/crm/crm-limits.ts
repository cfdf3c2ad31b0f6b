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
