import { toList } from '../../basics/list.ts';
import type { Choice } from '../../delivery/destination.ts';
import type { ChoicesPart } from '../../delivery/destination-kind.ts';
import { checkTemplate } from '../../templates/check-template.ts';
import validate from './email-choices.schema.generated.cjs';
import schema from './email-choices.schema.json' with { type: 'json' };

/** As it is written in a rule. */
export interface WrittenEmailChoice {
	to?: string | string[];
	cc?: string | string[];
	subject?: string;
}

/** What a rule chooses for a lead's mail. */
export interface EmailChoice {
	/** Instead of `EMAIL_TO`. */
	to?: string[];
	/** Instead of `EMAIL_CC`; an empty list is no one. */
	cc?: string[];
	/** A template, already checked, instead of `EMAIL_SUBJECT`. */
	subject?: string;
}

export const emailChoices: ChoicesPart = {
	schema,
	validate,
	read: (chosen) => {
		const { to, cc, subject } = chosen as WrittenEmailChoice;
		const problems = subject === undefined ? [] : checkTemplate(subject, 'text').map((problem) => `\`choose.subject\` ${problem}`);
		const choice: EmailChoice = {
			...(to && { to: addressesOf(to) }),
			...(cc && { cc: addressesOf(cc) }),
			...(subject !== undefined && problems.length === 0 && { subject }),
		};
		return { choice: { ...choice }, problems };
	},
};

const addressesOf = (written: string | string[]) => (Array.isArray(written) ? written.map((entry) => entry.trim()) : toList(written));

/** What the rule that a lead meets chooses for its mail. */
export const emailChoiceOf = ({ choice = {} }: { choice?: Choice }): EmailChoice => choice as EmailChoice;
