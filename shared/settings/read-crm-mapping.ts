import type { CrmSettings } from '../destinations/crm/crm-settings.ts';
import { readOwner } from '../destinations/crm/field-map/owner.ts';
import { readFieldMap } from '../destinations/crm/field-map/read-field-map.ts';
import type { SettingTexts } from './check-settings.ts';
import type { SettingIssue } from './settings.ts';
import { toIssue } from './to-issue.ts';

/** Reads `DATAVERSE_FIELDS` and `DATAVERSE_OWNER`: what is right of them, and what is wrong with the rest. */
export function readCrmMapping(texts: SettingTexts): { crm: Pick<CrmSettings, 'fields' | 'owner'>; issues: SettingIssue[] } {
	const { DATAVERSE_FIELDS: map, DATAVERSE_OWNER: name } = texts;
	const { fields, issues } = map === undefined ? { issues: [] } : readFieldMap(map);
	const owner = name === undefined ? undefined : readOwner(name);
	return {
		crm: { ...(fields && Object.keys(fields).length > 0 && { fields }), ...(name !== undefined && owner?.ok && { owner: name }) },
		issues: [
			...issues.map(({ problem }) => toIssue('DATAVERSE_FIELDS', problem)),
			...(owner?.ok === false ? [toIssue('DATAVERSE_OWNER', owner.problem)] : []),
		],
	};
}
