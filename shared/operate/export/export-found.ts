import { setImmediate } from 'node:timers/promises';
import { leadOf } from '../../accept/read-receipt.ts';
import type { DestinationName } from '../../delivery/destination.ts';
import { type JournaledRejection, type ListedLead, payloadText } from '../../journal/entries.ts';
import type { Filter } from '../filter.ts';
import { type Extent, type FindDeps, type Found, findLeads, findRejections } from '../find-leads.ts';
import { toColumns, toRecord, toRejectionRecord } from '../lead-record.ts';
import type { Exported, ExportWriter } from './export-format.ts';

const pageSize = 500;
/** Reading a payload takes time: after so many, whoever else works in this process has a turn. */
const sliceSize = 5;

/** Writes everything that a filter finds, newest first, page by page; how many that were. `onWritten` is told after each page. */
export function exportFound(
	filter: Filter,
	{
		limit,
		writer,
		onWritten = () => undefined,
	}: { limit?: number | undefined; writer: ExportWriter; onWritten?: (written: number) => void },
	deps: FindDeps,
): Promise<number> {
	const common = { limit, writer, onWritten };
	return filter.state === 'rejected'
		? exportAll(filter, { ...common, find: findRejections, exported: exportedRejection }, deps)
		: exportAll(filter, { ...common, find: findLeads, exported: exportedLead(deps.destinations) }, deps);
}

interface Exporting<Item> {
	limit: number | undefined;
	find: (filter: Filter, extent: Extent, deps: FindDeps) => Promise<Found<Item>>;
	exported: (item: Item) => Exported;
	writer: ExportWriter;
	onWritten: (written: number) => void;
}

async function exportAll<Item>(
	filter: Filter,
	{ limit = Number.MAX_SAFE_INTEGER, find, exported, writer, onWritten }: Exporting<Item>,
	deps: FindDeps,
): Promise<number> {
	let written = 0;
	for (let span: Filter | undefined = filter; span && written < limit; ) {
		const most = Math.min(pageSize, limit - written);
		const { items, next }: Found<Item> = await find(span, { most, mostRead: Number.MAX_SAFE_INTEGER, payloads: true }, deps);
		for (let at = 0; at < items.length; at += sliceSize) {
			await writer.page(items.slice(at, at + sliceSize).map(exported));
			await setImmediate();
		}
		written += items.length;
		onWritten(written);
		span = next === undefined ? undefined : { ...filter, after: next };
	}
	return written;
}

const exportedLead =
	(destinations: readonly DestinationName[]) =>
	(lead: ListedLead): Exported => ({ columns: toColumns(lead, destinations), record: { ...toRecord(lead), lead: leadOf(lead) } });

const exportedRejection = (rejection: JournaledRejection): Exported => {
	const payload = payloadText(rejection);
	const columns = {
		id: rejection.id,
		receivedAt: new Date(rejection.receivedAt),
		status: String(rejection.status),
		issues: rejection.issues.map(issueText).join('\n'),
		payload,
	};
	return { columns, record: { ...toRejectionRecord(rejection), payload } };
};

/** What is wrong with a payload: `/UserDetails: is not an object`. */
export const issueText = ({ pointer, detail }: { pointer: string; detail: string }) => (pointer ? `${pointer}: ${detail}` : detail);
