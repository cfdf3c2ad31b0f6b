import type { GetToken } from '../../tokens/open-credential.ts';
import { findRecord } from './lookups/find-record.ts';
import { builtInColumns } from './metadata/built-in-columns.ts';
import { readColumns } from './metadata/read-columns.ts';
import type { Environment } from './record-parts.ts';

/** No one is asked: the usual columns, and every record that is looked up has the id of zeros. */
export function offlineEnvironment(note: (text: string) => void): Environment {
	return {
		columns: async () => builtInColumns,
		findRecord: async ({ set, by, value }) => {
			note(
				`CRM: ${set} is searched by ${by} for "${value}" when the lead is delivered; until then an id of zeros is shown (--live searches now)`,
			);
			return { id: '00000000-0000-0000-0000-000000000000' };
		},
	};
}

/** Dataverse is asked for its columns and for records; changes nothing there. Notes why when it does not answer. */
export function liveEnvironment(
	dataverse: { url: string; getToken: GetToken; fetch: typeof fetch },
	note: (text: string) => void,
): Environment {
	const told = (what: string, error: unknown) => note(`CRM: ${what}: ${error instanceof Error ? error.message : String(error)}`);
	return {
		columns: async (signal) => {
			try {
				return await readColumns(dataverse, signal);
			} catch (error) {
				told('the columns of the environment could not be read; the standard ones are used', error);
				return builtInColumns;
			}
		},
		findRecord: async (question, signal) => {
			try {
				return await findRecord(dataverse, question, signal);
			} catch (error) {
				told(`${question.set} could not be searched`, error);
				return { missing: 'unanswered' };
			}
		},
	};
}
