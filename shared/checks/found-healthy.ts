import type { CheckLine } from '../basics/check-line.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { kindOf } from '../delivery/destination-kind.ts';
import type { CheckDeps } from './check.ts';

/** Whether the lines of the live checks find nothing wrong with a destination. A check without a result does not count as healthy. */
export function foundHealthy(destination: DestinationName, lines: CheckLine[], { settings }: Pick<CheckDeps, 'settings'>): boolean {
	const { checkNames: [check, ...others] = [] } = kindOf(settings.kinds, destination) ?? {};
	if (check === undefined) return false;
	const levels = (names: string[]) => lines.filter((line) => names.includes(line.check)).map(({ level }) => level);
	const first = levels([check]);
	const works = first.length > 0 && first.every((level) => level === 'ok') && !levels([check, ...others]).includes('failure');
	return works && !settings.issues.some(({ blocks }) => blocks.includes(destination));
}
