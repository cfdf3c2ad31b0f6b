import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { JournaledRejection, ListedLead } from '../../shared/journal/entries.ts';
import { leadReference } from '../../shared/lead/lead-words.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import { marksOf } from '../../shared/operate/lead-record.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import { toTable } from './to-table.ts';

/** Cells of the column of deliveries. */
const mostDeliveries = 40;

const leadColumns = [
	{ head: 'RECEIVED (UTC)', most: 19 },
	{ head: 'LEAD', most: 36 },
	{ head: 'NAME', most: 24, least: 8 },
	{ head: 'COMPANY', most: 24, least: 8 },
	{ head: 'OFFER', most: 28, least: 8 },
	{ head: 'DELIVERIES', most: mostDeliveries, least: 10 },
	{ head: 'MARKS', most: 30, least: 5 },
];

/** So narrow, a whole id leaves no room for the rest: then the reference is shown, by which a lead is found too. */
const narrow = 130;

/** Leads, a line each, for a terminal of so many cells. */
export function leadsTable(leads: ListedLead[], width?: number): string {
	const isNarrow = width !== undefined && width < narrow;
	return toTable(
		leadColumns,
		leads.map((lead) => {
			const { name, email, company, offer } = lead.summary;
			return [
				timeText(lead.receivedAt),
				isNarrow ? `#${leadReference(lead.leadId)}` : lead.leadId,
				name ?? email ?? '',
				company ?? '',
				offer ?? '',
				deliveriesText(lead),
				marksOf(lead).join(', '),
			];
		}),
		width,
	);
}

/** Each destination with its state; where that is too long for its column, so that nothing is cut off: those that are not delivered, and how many are. */
function deliveriesText({ deliveries }: ListedLead): string {
	const all = Object.entries(deliveries as Record<string, Delivery>).map(([name, { state }]) => ({ name, state }));
	const each = (some: typeof all) => some.map(({ name, state }) => `${name} ${state}`);
	const counted = (some: typeof all) =>
		[...new Set(some.map(({ state }) => state))].map((state) => `${some.filter((one) => one.state === state).length} ${state}`);
	const delivered = all.filter(({ state }) => state === 'delivered');
	const others = all.filter(({ state }) => state !== 'delivered');
	const texts = [each(all), [...each(others), ...counted(delivered)], [...counted(others), ...counted(delivered)]].map((parts) =>
		parts.join(', '),
	);
	return texts.find((text) => text.length <= mostDeliveries) ?? texts.at(-1) ?? '';
}

const rejectionColumns = [
	{ head: 'RECEIVED (UTC)', most: 19 },
	{ head: 'REJECTED', most: 36 },
	{ head: 'STATUS', most: 6 },
	{ head: 'WHY', most: 100, least: 20 },
];

/** Rejected payloads, a line each. */
export function rejectionsTable(rejections: JournaledRejection[], width?: number): string {
	return toTable(
		rejectionColumns,
		rejections.map(({ id, receivedAt, status, issues }) => [timeText(receivedAt), id, String(status), issues.map(issueText).join(' ')]),
		width,
	);
}

/** `1 lead`, `2 leads`. */
export const count = (number: number, noun: string) =>
	`${number} ${number === 1 ? noun : noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
