import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import { type ExitCode, exitCodes } from '../leads/leads-tool-deps.ts';
import { progressBar } from '../leads/progress-bar.ts';
import { toTable } from '../leads/to-table.ts';
import type { ConnectDeps } from './connect-deps.ts';
import { isOurs, keyNameIn, type OurApp, showUrl } from './endpoint.ts';
import { byHand } from './next-step.ts';
import { isByHand, isRunning, type OfferState, readOffer, type TargetState } from './offer-state.ts';
import { type Product, targets } from './partner-center.ts';

/** Reads offers, one after the other, with progress. */
export async function readOffers(products: readonly Product[], { center, terminal }: ConnectDeps): Promise<OfferState[]> {
	const offers: OfferState[] = [];
	for (const product of products) {
		terminal.progress(progressBar(offers.length, products.length, 'offers read'));
		offers.push(await readOffer(product, center));
	}
	terminal.progress('');
	return offers;
}

/** `connect list`: where the leads of every offer go. */
export async function listOffers({ app, json }: { app?: OurApp | undefined; json: boolean }, deps: ConnectDeps): Promise<ExitCode> {
	const offers = await readOffers(await deps.center.products(), deps);
	if (json) {
		await deps.terminal.print(`${toJsonText({ offers: offers.map((offer) => toRecord(offer, app)) }, 2)}\n`);
		return exitCodes.done;
	}
	if (offers.length === 0) deps.terminal.note('The account has no offers that the API lists.');
	else await deps.terminal.print(offersTable(offers, app));
	tellByHand(offers, deps);
	return exitCodes.done;
}

export function offersTable(offers: OfferState[], app: OurApp | undefined): string {
	const where = { most: 44 };
	return toTable(
		[
			{ head: 'OFFER', most: 40 },
			{ head: 'TYPE', most: 20 },
			{ head: 'DRAFT', ...where },
			{ head: 'PREVIEW', ...where },
			{ head: 'LIVE', ...where },
			{ head: '', most: 20 },
		],
		offers.map((offer) => [
			offer.externalId,
			offer.type,
			...targets.map((target) => inWords(offer.targets[target], app)),
			isRunning(offer) ? 'being published' : '',
		]),
	);
}

/** The offers that the API does not show, and those of types that it may not even list. */
export function tellByHand(offers: OfferState[], { terminal }: ConnectDeps): void {
	for (const offer of offers.filter(isByHand))
		terminal.note(`${offer.externalId} (${offer.type}): the API does not show its lead destination. ${byHand}`);
	terminal.note(`The API covers SaaS, virtual machines and containers. Offers of other types are not listed here: ${byHand}`);
}

/** Where leads go, without a secret. */
export function inWords(state: TargetState, app: OurApp | undefined): string {
	switch (state.kind) {
		case 'none':
			return '–';
		case 'unread':
			return 'cannot be read';
		case 'hidden':
			return 'not shown';
		case 'known': {
			const { destination, url } = state;
			if (url === undefined) return destination;
			if (!app || !isOurs(url, app)) return showUrl(url);
			const name = keyNameIn(url, app);
			return name === undefined ? 'this app, with a key that does not exist' : `this app, key ${name}`;
		}
	}
}

function toRecord(offer: OfferState, app: OurApp | undefined) {
	const { externalId, alias, type, id } = offer;
	const toTarget = (state: TargetState) => {
		if (state.kind !== 'known') return { state: state.kind, ...(state.kind === 'unread' && { why: state.why }) };
		const { destination, url } = state;
		const key = url !== undefined && app && isOurs(url, app) ? { ours: true, key: keyNameIn(url, app) ?? null } : { ours: false };
		return { state: 'known', destination, ...(url !== undefined && { url: showUrl(url, app).replace(/ \(.*$/, '') }), ...key };
	};
	return {
		...{ offer: externalId, alias, type, id, byHand: isByHand(offer), beingPublished: isRunning(offer) },
		...Object.fromEntries(targets.map((target) => [target, toTarget(offer.targets[target])])),
	};
}
