import { personName } from '../../shared/lead/lead-words.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import type { Comparison } from '../reconcile/compare.ts';
import { toTable } from './to-table.ts';

const who = [
	{ head: 'NAME', most: 24 },
	{ head: 'ADDRESS', most: 32 },
	{ head: 'OFFER', most: 28 },
	{ head: 'WHY', most: 100 },
];

/** What is only in the file, a line each. */
export const onlyThereTable = (leads: Comparison['onlyThere']): string =>
	toTable(
		[{ head: 'ROW', most: 8 }, { head: 'TIME (UTC)', most: 19 }, ...who],
		leads.map(({ there: { row, receivedAt, lead }, why }) => [
			String(row),
			timeText(receivedAt),
			personName(lead) ?? '',
			lead.email ?? lead.phone ?? '',
			lead.offerTitle ?? lead.offer ?? '',
			why,
		]),
	);

/** What is only in the journal, a line each. */
export const onlyHereTable = (leads: Comparison['onlyHere']): string =>
	toTable(
		[{ head: 'RECEIVED (UTC)', most: 19 }, { head: 'LEAD', most: 36 }, ...who],
		leads.map(({ here: { leadId, receivedAt, lead }, why }) => [
			timeText(receivedAt),
			leadId,
			personName(lead) ?? '',
			lead.email ?? lead.phone ?? '',
			lead.offerTitle ?? lead.offer ?? '',
			why,
		]),
	);
