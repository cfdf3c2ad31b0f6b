import type { DestinationName } from '../delivery/destination.ts';
import type { CheckLine, CheckMeans } from './check.ts';

/** The checks that look at a destination, the first of them at whether it takes us at all. */
const checksOf: Record<DestinationName, [first: string, ...others: string[]]> = {
	email: ['mailbox'],
	crm: ['dataverse', 'privileges', 'lead table', 'lead columns'],
};

/** Whether the lines of the live checks find nothing wrong with a destination. What could not be told is no health. */
export function foundHealthy(destination: DestinationName, lines: CheckLine[], { settings }: Pick<CheckMeans, 'settings'>): boolean {
	const checks = checksOf[destination];
	const levels = (names: string[]) => lines.filter(({ check }) => names.includes(check)).map(({ level }) => level);
	const first = levels([checks[0]]);
	const works = first.length > 0 && first.every((level) => level === 'ok') && !levels(checks).includes('failure');
	return works && !settings.issues.some(({ blocks }) => blocks.includes(destination));
}
