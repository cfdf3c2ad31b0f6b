import type { Choice } from '../../delivery/destination.ts';
import type { ChoicesPart } from '../../delivery/destination-kind.ts';
import validate from './crm-choices.schema.generated.cjs';
import schema from './crm-choices.schema.json' with { type: 'json' };
import { checkFieldMap } from './field-map/check-field-map.ts';
import { readOwner } from './field-map/owner.ts';

/** As it is written in a rule. */
export interface WrittenCrmChoice {
	owner?: string;
	fields?: Record<string, unknown>;
}

/** What a rule chooses for a lead's record. */
export interface CrmChoice {
	/** Instead of `DATAVERSE_OWNER`. */
	owner?: string;
	/** In addition to `DATAVERSE_FIELDS`, column by column; as it was written. */
	fields?: Record<string, unknown>;
}

export const crmChoices: ChoicesPart = {
	schema,
	validate,
	// Columns that are wrong are left out one by one, an owner that is wrong alone.
	read: (chosen) => {
		const { owner, fields } = chosen as WrittenCrmChoice;
		const checked = fields && checkFieldMap(fields);
		const named = owner === undefined ? undefined : readOwner(owner);
		const choice: CrmChoice = {
			...(owner !== undefined && named?.ok && { owner }),
			...(checked && Object.keys(checked.fields).length > 0 && { fields: checked.fields }),
		};
		return {
			choice: { ...choice },
			problems: [
				...(checked?.issues ?? []).map(({ problem }) => `\`choose.fields\` ${problem}`),
				...(named?.ok === false ? [`\`choose.owner\` ${named.problem}`] : []),
			],
		};
	},
};

/** What the rule that a lead meets chooses for its record. */
export const crmChoiceOf = ({ choice = {} }: { choice?: Choice }): CrmChoice => choice as CrmChoice;
