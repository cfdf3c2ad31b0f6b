import { readOrComplain } from '../../basics/read-or-complain.ts';
import type { SettingsPart } from '../../delivery/destination-kind.ts';
import validate from './crm-settings.schema.generated.cjs';
import schema from './crm-settings.schema.json' with { type: 'json' };
import { readFieldMap } from './field-map/check-field-map.ts';
import type { FieldMap } from './field-map/field-map.ts';
import { readOwner } from './field-map/owner.ts';

/** The texts of the settings, by name. */
export type CrmTexts = Partial<Record<keyof typeof schema.properties, string | undefined>>;

/** What records need to know. */
export interface CrmSettings {
	/** Origin of the organisation without a trailing slash: `https://contoso.crm4.dynamics.com`. */
	url?: string;
	/** Choice value of the `leadsourcecode` column. */
	leadSource?: number;
	duplicateDetection: boolean;
	/** Whether phone numbers that are certain are written in international form: `+44 20 7123 4567`. */
	internationalPhones?: boolean;
	/** Whether countries are written in words: `United Kingdom (GB)`. */
	countriesInWords?: boolean;
	/** Columns and what they are filled with, beside the usual ones; those that were found right. */
	fields?: FieldMap;
	/** To whom records are given; found right. */
	owner?: string;
	/** Of dates in templates; known to `Intl`. */
	locale?: string;
	timeZone?: string;
}

export const crmSettings: SettingsPart<CrmSettings> = {
	schema: schema as unknown as SettingsPart<CrmSettings>['schema'],
	validate,
	read: (texts: CrmTexts, text) => {
		const mapping = readOrComplain('DATAVERSE_FIELDS', () => readMapping(texts), { mapped: {} });
		return {
			own: {
				...(texts.DATAVERSE_URL && { url: new URL(texts.DATAVERSE_URL).origin }),
				...(texts.DATAVERSE_LEAD_SOURCE && { leadSource: Number(texts.DATAVERSE_LEAD_SOURCE) }),
				duplicateDetection: text('DATAVERSE_DUPLICATE_DETECTION') === 'true',
				...(text('DATAVERSE_PHONE') === 'international' && { internationalPhones: true }),
				...(text('DATAVERSE_COUNTRY') === 'words' && { countriesInWords: true }),
				...mapping.mapped,
				locale: text('EMAIL_LOCALE'),
				timeZone: text('EMAIL_TIME_ZONE'),
			},
			problems: mapping.problems,
		};
	},
};

export const crmName = 'crm';

/** The settings of records among all that were read. */
export const crmSettingsOf = ({ own }: { own: Record<string, unknown> }): CrmSettings => own[crmName] as CrmSettings;

/** `DATAVERSE_FIELDS` and `DATAVERSE_OWNER`: what is right of them, and what is wrong with the rest. */
function readMapping({ DATAVERSE_FIELDS: map, DATAVERSE_OWNER: name }: CrmTexts) {
	const { fields, issues } = map === undefined ? { issues: [] } : readFieldMap(map);
	const owner = name === undefined ? undefined : readOwner(name);
	const mapped: Pick<CrmSettings, 'fields' | 'owner'> = {
		...(fields && Object.keys(fields).length > 0 && { fields }),
		...(name !== undefined && owner?.ok && { owner: name }),
	};
	return {
		mapped,
		problems: [
			...issues.map(({ problem }) => ({ setting: 'DATAVERSE_FIELDS', problem })),
			...(owner?.ok === false ? [{ setting: 'DATAVERSE_OWNER', problem: owner.problem }] : []),
		],
	};
}
