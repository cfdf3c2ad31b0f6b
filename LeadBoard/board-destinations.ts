import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import type { DestinationName } from '../shared/delivery/destination.ts';
import { namesOf } from '../shared/delivery/destination-kind.ts';
import type { SettingIssue, Settings } from '../shared/settings/settings.ts';
import type { BoardDeps } from './board-deps.ts';

/** Every destination that leads go to or went to: those of the settings first, then those that no setting names any more (`webhook:sales`). */
export async function allDestinations({
	settings,
	journal,
	deadline,
}: Pick<BoardDeps, 'settings' | 'journal' | 'deadline'>): Promise<DestinationName[]> {
	const names = await (await journal()).named(deadline(storageTimeoutMs.step));
	return [...new Set([...namesOf(settings.kinds), ...names])];
}

/** No setting names it any more: what waits for it waits until one does, or until a person closes it. */
export const isRemoved = (name: DestinationName, { kinds }: Pick<Settings, 'kinds'>): boolean => !namesOf(kinds).includes(name);

/** Why leads wait at a destination whatever happens there: the settings to fix. Empty when nothing does. */
export const blockedBy = (name: DestinationName, { issues }: { issues: SettingIssue[] }): string[] => [
	...new Set(issues.flatMap(({ setting, blocks }) => (blocks.includes(name) ? [setting] : []))),
];
