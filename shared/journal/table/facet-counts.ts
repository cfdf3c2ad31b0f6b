import type { StorageTable } from '../../storage/tables/storage-table.ts';
import { type CountedFacet, type CountedUnder, countedFacets, type FacetCounts } from '../journal.ts';
import { parseColumn } from './columns.ts';
import { countsBetween } from './row-keys.ts';
import { readRange } from './rows.ts';

/**
 * A column of a day's counts: JSON, how many leads by value of each facet. One text and not a number each: a version that does not know it takes every
 * number for a destination's, and leaves a text as it is.
 */
interface FacetColumn {
	facets?: unknown;
}

/** So many values of a facet are kept of a day; the others are counted together under an empty name. */
const mostValues = 100;

/** The column with one more lead in it. */
export function addFacets(row: FacetColumn | undefined, under: CountedUnder): { facets: string } {
	const sums = fromColumn(row?.facets);
	for (const facet of countedFacets) {
		const value = under[facet];
		if (value === undefined) continue;
		const counts = sums.get(facet) ?? new Map<string, number>();
		const name = counts.has(value) || counts.size < mostValues ? value : '';
		sums.set(facet, counts.set(name, (counts.get(name) ?? 0) + 1));
	}
	return { facets: JSON.stringify(toObject(sums)) };
}

export async function readFacetCounts(
	table: StorageTable,
	{ first, last }: { first: string; last: string },
	signal: AbortSignal,
): Promise<{ day: string; under: FacetCounts }[]> {
	const options = { most: Number.MAX_SAFE_INTEGER, select: ['facets'], signal };
	const rows = await readRange<FacetColumn>(table, countsBetween(first, last), options);
	return rows.map(({ rowKey, facets }) => ({ day: rowKey.split('|')[1] ?? '', under: toObject(fromColumn(facets)) }));
}

/** A map, because a value may be called like a member that every object has. */
function fromColumn(column: unknown): Map<CountedFacet, Map<string, number>> {
	const read = { ...(parseColumn(column) as Partial<Record<CountedFacet, unknown>> | undefined) };
	const counted = (counts: unknown) =>
		Object.entries({ ...(counts as Record<string, number>) }).filter(([, count]) => Number.isSafeInteger(count));
	return new Map(countedFacets.map((facet) => [facet, new Map(counted(read[facet]))]));
}

const toObject = (sums: Map<CountedFacet, Map<string, number>>) =>
	Object.fromEntries(Array.from(sums, ([facet, counts]) => [facet, Object.fromEntries(counts)])) as FacetCounts;
