import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';

type Row = Record<string, unknown> & { rowKey: string; etag: string };

const codes = { 400: 'InvalidInput', 404: 'ResourceNotFound', 409: 'EntityAlreadyExists', 412: 'UpdateConditionNotSatisfied' };

/** A table of one partition that answers at once, as far as the journal asks for it; the real ones have tests of their own. */
export function createTableInMemory(): TableClient {
	const rows = new Map<string, Row>();
	let version = 0;

	function refuse(statusCode: keyof typeof codes, place = 0): never {
		throw new RestError(`${place}:refused`, { statusCode, code: codes[statusCode] });
	}

	/** All of a transaction or nothing; undefined is a row that is gone. */
	function apply(actions: TransactionAction[]): void {
		const changed = new Map<string, Row | undefined>();
		for (const [place, [kind, entity, mode, options]] of (actions as unknown as [string, Row, string?, { etag?: string }?][]).entries()) {
			const { partitionKey, ...columns } = entity;
			const { rowKey } = columns;
			const old = changed.has(rowKey) ? changed.get(rowKey) : rows.get(rowKey);
			if (kind === 'create' ? old : !old) refuse(old ? 409 : 404, place);
			if (options?.etag && options.etag !== old?.etag) refuse(412, place);
			const row = { ...(mode === 'Replace' ? {} : old), ...columns, etag: `"${++version}"` };
			changed.set(rowKey, kind === 'delete' ? undefined : row);
		}
		for (const [rowKey, row] of changed)
			if (row) rows.set(rowKey, row);
			else rows.delete(rowKey);
	}

	const table = {
		async submitTransaction(actions: TransactionAction[]) {
			apply(actions);
			return { status: 202, subResponses: actions.map(() => ({ status: 204 })) };
		},
		async getEntity(_: string, rowKey: string) {
			return { ...(rows.get(rowKey) ?? refuse(404)) };
		},
		async deleteEntity(_: string, rowKey: string, options: { etag?: string } = {}) {
			const row = rows.get(rowKey) ?? refuse(404);
			if (options.etag && options.etag !== row.etag) refuse(412);
			rows.delete(rowKey);
		},
		listEntities({ queryOptions: { filter } }: { queryOptions: { filter: string } }) {
			const [, from = '', to = ''] = /RowKey ge '(.*)' and RowKey lt '(.*)'$/.exec(filter) ?? refuse(400);
			const inRange = [...rows.keys()].filter((key) => key >= from && key < to).sort();
			return {
				async *byPage({ maxPageSize }: { maxPageSize: number }) {
					for (let start = 0; start < inRange.length; start += maxPageSize)
						yield inRange.slice(start, start + maxPageSize).map((key) => ({ ...rows.get(key) }));
				},
			};
		},
	};
	return table as unknown as TableClient;
}
