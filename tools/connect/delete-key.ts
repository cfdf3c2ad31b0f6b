import { ApiFailure } from './call-api.ts';
import type { KeyDeps } from './connect-deps.ts';
import { holdsKey } from './endpoint.ts';
import { isByHand, isRunning, type OfferState, readOffer } from './offer-state.ts';
import { targets } from './partner-center.ts';

/** Why a key must stay, in sentences; none: no offer uses it. */
export async function whatHoldsKey(
	name: string,
	{ expected, byHandDone }: { /** Offers that must be seen. */ expected: ReadonlySet<string>; byHandDone: boolean },
	deps: KeyDeps,
): Promise<string[]> {
	const value = (await deps.keys.list()).get(name);
	if (value === undefined) return [];
	const products = await deps.center.products();
	const seen = new Set(products.map(({ id }) => id));
	const why = [...expected].filter((id) => !seen.has(id)).map((id) => `${id} is not listed any more`);
	for (const product of products) {
		const offer = await readOffer(product, deps.center);
		why.push(...whatHolds(offer, value, byHandDone).map((reason) => `${product.externalId}: ${reason}`));
	}
	return why;
}

function whatHolds(offer: OfferState, key: string, byHandDone: boolean): string[] {
	const why: string[] = [];
	if (isByHand(offer) && !byHandDone) why.push('the API does not show its lead destination; --by-hand-done says that you have changed it');
	if (isRunning(offer)) why.push('it is being published, perhaps with this key');
	if (!offer.submissions && !isByHand(offer)) why.push('its submissions cannot be read');
	for (const target of targets) {
		const state = offer.targets[target];
		if (state.kind === 'unread' && !isByHand(offer)) why.push(state.why);
		// Whatever member it stands in.
		if (state.kind === 'known' && stringsIn(state.leads).some((text) => holdsKey(text, key))) why.push(`its ${target} uses this key`);
	}
	return why;
}

function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** Deletes a key that no offer uses, as everything is read at this moment. Why it stays, when it stays. */
export async function deleteKey(name: string, conditions: Parameters<typeof whatHoldsKey>[1], deps: KeyDeps): Promise<string[]> {
	const why = await whatHoldsKey(name, conditions, deps);
	if (why.length > 0) return why;
	await deps.keys.remove(name);
	if ((await deps.keys.list()).has(name)) throw new ApiFailure(`Azure says that the key ${name} is deleted, and lists it`, {});
	return [];
}
