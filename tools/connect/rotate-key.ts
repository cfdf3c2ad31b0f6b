import type { Consent } from '../leads/agree.ts';
import { type ExitCode, exitCodes } from '../leads/leads-tool-deps.ts';
import { UsageError } from '../leads/usage-error.ts';
import { ApiFailure } from './call-api.ts';
import { changeOffers } from './change-offers.ts';
import type { KeyDeps } from './connect-deps.ts';
import { deleteKey, whatHoldsKey } from './delete-key.ts';
import { isOurs, type OurApp, withKey } from './endpoint.ts';
import type { Wanted } from './next-step.ts';
import { isByHand, type OfferState } from './offer-state.ts';
import { targets } from './partner-center.ts';

export interface RotateOptions {
	/** Name of the new key; one that is there is used as it is. */
	keyName: string;
	withOtherChanges: boolean;
	/** A person has changed the offers that the API does not show. */
	byHandDone: boolean;
	/** Keys that may be deleted without a question. */
	deletable: readonly string[];
	waits: boolean;
}

/** The keys and addresses of the app, as they are now. */
export async function readApp(keys: KeyDeps['keys']): Promise<OurApp> {
	const [hosts, own, host] = [await keys.hosts(), await keys.list(), await keys.listHost()];
	return { hosts, keys: own, hostKeys: host };
}

/** The address at which an offer uses this app: the draft's before the others'. Undefined when it does not. */
function ourUrlOf(offer: OfferState, app: OurApp): string | undefined {
	const urls = targets.flatMap((target) => {
		const state = offer.targets[target];
		return state.kind === 'known' && state.url !== undefined ? [state.url] : [];
	});
	return urls.find((url) => isOurs(url, app));
}

/**
 * `connect rotate`: a new key, into every offer that uses this app, published; then the other keys are deleted, each after a question, and only when nothing
 * that can be read at that moment uses it. Every step begins by reading: it may be stopped anywhere and started again with the same name.
 */
export async function rotateKey(options: RotateOptions, consent: Consent, deps: KeyDeps): Promise<ExitCode> {
	const { terminal, keys } = deps;
	const { keyName } = options;
	if (consent.dryRun && !(await keys.list()).has(keyName)) {
		terminal.note(
			`Dry run: would create the key ${keyName}, set and publish every offer that uses this app, then ask for each other key. Nothing was done.`,
		);
		return exitCodes.done;
	}
	const app = await ensureKey(keyName, consent, deps);
	if (!app) return terminal.confirm ? exitCodes.failed : exitCodes.usage;
	const key = app.keys.get(keyName);
	if (key === undefined) throw new ApiFailure(`Azure does not list the new key ${keyName}`, {});
	const wantedFor = (offer: OfferState): Wanted | undefined => {
		const before = ourUrlOf(offer, app);
		if (before === undefined) return undefined;
		const mayReplace = (url: string | undefined) => url !== undefined && isOurs(url, app);
		return { url: withKey(before, key), mayReplace, withOtherChanges: options.withOtherChanges };
	};
	const { exitCode, endings, before } = await changeOffers(
		{ wanted: wantedFor, what: `bring the key ${keyName} into`, waits: options.waits, app },
		consent,
		deps,
	);
	if (consent.dryRun) return exitCode;
	const stays = endings.filter(({ end }) => end !== 'done');
	if (exitCode !== exitCodes.done || stays.length > 0) {
		terminal.note('Not every offer has the new key yet, so no key is deleted. Run the same command again: it goes on from what there is.');
		return exitCode === exitCodes.done ? exitCodes.failed : exitCode;
	}
	if (!before.some((offer) => ourUrlOf(offer, app) !== undefined)) {
		// A list that is empty by mistake looks the same.
		terminal.note('No offer that the API shows uses this app, so no key is deleted.');
		return exitCodes.failed;
	}
	return deleteOthers(options, before, consent, deps);
}

/** The app with the key in it; it is made only when there is none of this name. Undefined: a person said no, or no one can be asked. */
async function ensureKey(keyName: string, { yes, json }: Consent, { terminal, keys }: KeyDeps): Promise<OurApp | undefined> {
	if (!(await keys.list()).has(keyName)) {
		const what = `create the key ${keyName} of LeadIntake`;
		if (!yes && (!terminal.confirm || json)) {
			terminal.note(`Would ${what}. Nothing was done: add --yes to do it, or --dry-run to see it.`);
			return undefined;
		}
		if (!yes && !(await terminal.confirm?.(`${what[0]?.toUpperCase()}${what.slice(1)}?`))) {
			terminal.note('Nothing was done.');
			return undefined;
		}
		await keys.create(keyName);
		terminal.note(`The key ${keyName} is created.`);
	}
	return readApp(keys);
}

async function deleteOthers(
	{ keyName, byHandDone, deletable }: RotateOptions,
	before: OfferState[],
	{ yes, json }: Consent,
	deps: KeyDeps,
): Promise<ExitCode> {
	const { terminal, keys } = deps;
	const others = [...(await keys.list()).keys()].filter((name) => name !== keyName);
	const unknown = deletable.filter((name) => name === keyName);
	if (unknown.length > 0) throw new UsageError(`--delete-key ${keyName} is the new key.`);
	const conditions = { expected: new Set(before.map(({ id }) => id)), byHandDone };
	if (before.some(isByHand) && !byHandDone)
		terminal.note('Some offers are not shown by the API: --by-hand-done says that you have changed them.');
	let stays = 0;
	for (const name of others) {
		const why = await whatHoldsKey(name, conditions, deps);
		if (why.length > 0) {
			stays++;
			terminal.note(`The key ${name} stays: ${why.join('; ')}.`);
			continue;
		}
		const isAgreed =
			deletable.includes(name) ||
			(!yes &&
				!json &&
				(await terminal.confirm?.(
					`No offer that the API shows uses the key ${name}. Offers of other types, flows and scripts that use it would be refused, and their leads lost. Delete it?`,
				)));
		if (!isAgreed) {
			stays++;
			terminal.note(`The key ${name} stays. To delete it later: the same command with --delete-key ${name}`);
			continue;
		}
		const late = await deleteKey(name, conditions, deps);
		if (late.length > 0) stays++;
		await terminal.print(late.length > 0 ? `The key ${name} stays: ${late.join('; ')}.\n` : `The key ${name} is deleted.\n`);
	}
	return stays > 0 && deletable.length > 0 ? exitCodes.failed : exitCodes.done;
}
