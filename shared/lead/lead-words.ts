import schema from './lead.schema.json' with { type: 'json' };
import type { Lead, NamedValue } from './lead.ts';

const sources = new Map([
	['azuremarketplace', 'Azure Marketplace'],
	['azureportal', 'Azure portal'],
	['spza', 'AppSource'],
	['testdrive', 'Test drive'],
]);

const actions = new Map([
	['ins', 'Acquired / Get it now'],
	['plt', 'Contact me'],
	['dnc', 'Cross-listed: do not contact'],
	['create', 'Purchased in the Azure portal'],
	['starttestdrive', 'Started a test drive'],
]);

/** What customers do: each action as it comes, and in words. */
export const actionWords: readonly [string, string][] = [...actions].map(([action, words]) => [action.toUpperCase(), words]);

/** Where the customer was, in a sales person's words; an unknown source as it came. */
export function sourceInWords({ source }: Pick<Lead, 'source'>): string | undefined {
	return source && (sources.get(source.toLowerCase()) ?? source);
}

/** What the customer did, in a sales person's words; an unknown action as it came. */
export function actionInWords({ action }: Pick<Lead, 'action'>): string | undefined {
	return action && (actions.get(action.toLowerCase()) ?? action);
}

/** Who it is: `First Last`, else the company, the e-mail address or the phone number. */
export function personName(lead: Pick<Lead, 'firstName' | 'lastName' | 'company' | 'email' | 'phone'>): string | undefined {
	const name = [lead.firstName, lead.lastName].filter(Boolean).join(' ');
	return name || lead.company || lead.email || lead.phone;
}

/** What people call a lead's members. */
export const leadLabels = Object.fromEntries(Object.entries(schema.properties).map(([name, { title }]) => [name, title])) as Record<
	keyof Lead,
	string
>;

/** What must be seen before anything else about a lead. */
export function leadMarks({ isTest, doNotContact, hasContact }: Pick<Lead, 'isTest' | 'doNotContact' | 'hasContact'>): string[] {
	return [...(isTest ? ['TEST'] : []), ...(doNotContact ? ['do not contact'] : []), ...(hasContact ? [] : ['no contact data'])];
}

/** What people call a lead by: the last 8 digits of its id, all of them random. */
export const leadReference = (leadId: string): string => leadId.slice(-8);

/** When a lead came, for people: `2026-11-23 22:46 UTC`. */
export function receivedInWords(receivedAt: Date): string {
	return `${receivedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A listing's parameter in one line: `mktcmpid=spring`. */
export const toParameterLine = ({ name, value }: NamedValue): string => `${name}=${value}`;

/** Parameters as a summary has them, a line each. A name with `=` in it, or a value of several lines, is not read as it was: then the summary is not whole. */
export const fromParameterLines = (lines: string): NamedValue[] =>
	lines.split('\n').map((line) => {
		const end = line.indexOf('=');
		return { name: line.slice(0, end), value: line.slice(end + 1) };
	});
