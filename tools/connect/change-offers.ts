import { toJsonText } from '../../shared/operate/export/to-json-text.ts';
import type { Consent } from '../leads/agree.ts';
import { count } from '../leads/leads-table.ts';
import { type ExitCode, exitCodes } from '../leads/leads-tool-deps.ts';
import { UsageError } from '../leads/usage-error.ts';
import { bringOffers, type Ending } from './bring-offers.ts';
import type { ConnectDeps } from './connect-deps.ts';
import { type OurApp, showUrl } from './endpoint.ts';
import { inWords, readOffers, tellByHand } from './list-offers.ts';
import { nextStep, type Wanted } from './next-step.ts';
import { differences, type OfferState } from './offer-state.ts';
import type { Product } from './partner-center.ts';

export interface Change {
	/** Offer ids; absent: all. */
	names?: readonly string[] | undefined;
	wanted: Wanted | ((offer: OfferState) => Wanted | undefined);
	/** Completes "Would …", such as `set the lead destination of`. */
	what: string;
	waits: boolean;
	app?: OurApp | undefined;
}

export interface Changed {
	exitCode: ExitCode;
	endings: Ending[];
	/** Every offer of the account, as it was before. */
	before: OfferState[];
}

/** The offers that are meant. Throws when one is not there: a mistyped offer would be left out without a word. */
function choose(products: Product[], names: readonly string[] | undefined): Product[] {
	if (!names) return products;
	const unknown = names.filter((name) => !products.some(({ externalId, id }) => externalId === name || id === name));
	if (unknown.length > 0)
		throw new UsageError(
			`Partner Center lists no offer ${unknown.join(', ')}. Offers: ${products.map(({ externalId }) => externalId).join(', ') || 'none'}.`,
		);
	return products.filter(({ externalId, id }) => names.includes(externalId) || names.includes(id));
}

/** Shows what would change, asks, changes, tells how each offer ended. */
export async function changeOffers({ names, wanted, what, waits, app }: Change, consent: Consent, deps: ConnectDeps): Promise<Changed> {
	const { terminal } = deps;
	const products = await deps.center.products();
	const chosen = choose(products, names);
	const before = await readOffers(products, deps);
	const wantedOf = (offer: OfferState) => (typeof wanted === 'function' ? wanted(offer) : wanted);
	const meant = before.filter(({ id }) => chosen.some((product) => product.id === id));
	const planned = meant.flatMap((offer) => {
		const target = wantedOf(offer);
		return target ? [{ offer, target, step: nextStep(offer, target) }] : [];
	});
	for (const { offer, target, step } of planned) {
		const from = inWords(offer.targets.draft, app);
		if (step.kind === 'left') terminal.note(`${offer.externalId}: left alone, ${step.why}`);
		else if (step.kind === 'set') terminal.note(`${offer.externalId}: draft ${from} → ${showUrl(target.url, app)}`);
		else
			terminal.note(
				`${offer.externalId}: ${step.kind === 'done' ? 'nothing to do' : step.kind === 'wait' ? step.why : `to be published (${step.kind})`}`,
			);
	}
	for (const { offer, target, step } of planned) if (step.kind !== 'left' && !target.draftOnly) tellOtherChanges(offer, target, deps);
	tellByHand(meant, deps);
	const open = planned.filter(({ step }) => step.kind !== 'left' && step.kind !== 'done');
	const result = (exitCode: ExitCode, endings: Ending[] = []): Changed => ({ exitCode, endings, before });
	const hasLeft = planned.some(({ step }) => step.kind === 'left');
	if (open.length === 0) return result(hasLeft ? exitCodes.failed : exitCodes.done);
	const all = `${what} ${count(open.length, 'offer')}`;
	if (consent.dryRun) {
		terminal.note(`Dry run: would ${all}. Nothing was done.`);
		return result(exitCodes.done);
	}
	if (!consent.yes) {
		if (!terminal.confirm || consent.json) {
			terminal.note(`Would ${all}. Nothing was done: add --yes to do it, or --dry-run to see it.`);
			return result(exitCodes.usage);
		}
		if (!(await terminal.confirm(`${all[0]?.toUpperCase()}${all.slice(1)}?`))) {
			terminal.note('Nothing was done.');
			return result(exitCodes.failed);
		}
	}
	const endings = await bringOffers(
		open.map(({ offer, target }) => ({ offer, wanted: target })),
		{ waits },
		deps,
	);
	await tell(endings, consent, deps);
	const isGood = endings.every(({ end }) => end === 'done' || (end === 'under way' && !waits)) && !hasLeft;
	return result(isGood ? exitCodes.done : exitCodes.failed, endings);
}

async function tell(endings: Ending[], { json }: Consent, { terminal }: ConnectDeps): Promise<void> {
	if (json) {
		const offers = endings.map(({ offer, end, why }) => ({ offer: offer.externalId, end, ...(why && { why }) }));
		return terminal.print(`${toJsonText({ offers }, 2)}\n`);
	}
	for (const { offer, end, why } of endings) await terminal.print(`${offer.externalId}: ${end}${why ? `, ${why}` : ''}\n`);
}

/** Of an offer whose draft is only about to be changed, this shows only later. */
function tellOtherChanges(
	{ externalId, targets: { draft, live } }: OfferState,
	{ withOtherChanges }: Wanted,
	{ terminal }: ConnectDeps,
): void {
	const changed = differences(live, draft) ?? [];
	if (changed.length === 0) return;
	const what = withOtherChanges ? 'they are published with it' : 'it is not published, unless you add --with-other-changes';
	terminal.note(`${externalId}: its draft has other changes (${changed.join(', ')}): ${what}.`);
}
