import type { Exchange, Gate } from '../chaos/start-proxy.ts';

/** What went over the wire to storage. */
export interface StorageCount {
	/** Without what comes under the other heads. */
	operations: number;
	/** Look-outs for bells that found none. */
	emptyPolls: number;
	/** Reads of a destination's cooldown, which workers cache for some seconds. */
	cooldownReads: number;
	/** Rows that came back from the table. */
	rows: number;
	/** Each operation by what it is, ids taken out. */
	byKind: Record<string, number>;
}

/** A gate that lets everything pass and counts the exchanges with storage. `take` gives what was counted since the last time. */
export function countStorage(): { gate: Gate; peek: () => StorageCount; take: () => StorageCount } {
	const nothing = (): StorageCount => ({ operations: 0, emptyPolls: 0, cooldownReads: 0, rows: 0, byKind: {} });
	let count = nothing();
	const isLookOut = ({ service, method, path }: Exchange) =>
		service === 'queue' && method === 'GET' && /\/bells\/messages(\?|$)/.test(path);
	return {
		gate: {
			before: () => 'pass',
			after: (exchange, { body }) => {
				const { service, what, method } = exchange;
				if (service !== 'table' && service !== 'queue') return 'pass';
				if (service === 'table' && method === 'GET') count.rows += body.split('"RowKey"').length - 1;
				if (isLookOut(exchange) && !body.includes('<MessageId>')) count.emptyPolls++;
				else if (what.includes("RowKey='r|")) count.cooldownReads++;
				else {
					count.operations++;
					count.byKind[what] = (count.byKind[what] ?? 0) + 1;
				}
				return 'pass';
			},
		},
		peek: () => count,
		take: () => {
			const taken = count;
			count = nothing();
			return taken;
		},
	};
}
