import { type Audience, type DestinationKind, kindOf, type LoadedKind } from '../delivery/destination-kind.ts';
import type { Settings } from '../settings/settings.ts';
import { usedDestinations } from '../settings/used-destinations.ts';

/** The destinations that any lead may go to, with all that a check needs of them. */
export async function usedKinds(settings: Settings): Promise<{ kind: DestinationKind; loaded: LoadedKind<unknown> }[]> {
	const kinds = [...usedDestinations(settings)].flatMap((name) => kindOf(settings.kinds, name) ?? []);
	const inOrder = settings.kinds.filter((kind) => kinds.includes(kind));
	return Promise.all(inOrder.map(async (kind) => ({ kind, loaded: await kind.load() })));
}

/** The services that take tokens of ours for these settings. */
export async function audiencesOf(settings: Settings): Promise<Audience[]> {
	return (await usedKinds(settings)).flatMap(({ kind, loaded }) => loaded.audiences(settings.own[kind.name]));
}
