import type { Lead } from './lead.ts';

/** What must be seen before anything else about a lead. */
export function leadMarks({ isTest, doNotContact, hasContact }: Pick<Lead, 'isTest' | 'doNotContact' | 'hasContact'>): string[] {
	return [...(isTest ? ['TEST'] : []), ...(doNotContact ? ['do not contact'] : []), ...(hasContact ? [] : ['no contact data'])];
}
