import { type CheckLine, failure, type Level } from '../basics/check-line.ts';
import { codeOf } from '../basics/failures.ts';
import type { Settings } from '../settings/settings.ts';
import { type Check, type CheckDeps, usedKinds } from './check.ts';
import { checkBoard } from './check-board.ts';
import { checkClock } from './check-clock.ts';
import { checkIdentity, checkNode, checkSchedule, checkSwitches } from './check-environment.ts';
import { checkHostFile, checkTimeLimits } from './check-host-file.ts';
import { checkJournal } from './check-journal.ts';
import { checkSettingNames, checkSettingsRead } from './check-settings-read.ts';
import { checkStorage } from './check-storage.ts';
import { checkStorageSettings } from './check-storage-settings.ts';
import { checkTokens } from './check-tokens.ts';

/** What can be told without calling anyone. */
const offline = {
	node: checkNode,
	settings: checkSettingsRead,
	'setting names': checkSettingNames,
	'host.json': checkHostFile,
	functions: checkSwitches,
	sweep: checkSchedule,
	'time limits': checkTimeLimits,
	identity: checkIdentity,
	board: checkBoard,
	'storage settings': checkStorageSettings,
} satisfies Record<string, Check>;

/** What only those who are called can tell. Nothing stays behind with them. */
const live = {
	storage: checkStorage,
	clock: checkClock,
	token: checkTokens,
} satisfies Record<string, Check>;

interface Looks {
	live: boolean;
	/** What is done after all but the journal were looked at: it makes lines of its own. */
	beforeJournal?: (lines: CheckLine[]) => Promise<CheckLine[]>;
}

/** Looks at everything, side by side; the lines come in a fixed order. Never throws. */
export async function runChecks(deps: CheckDeps, { live: calls, beforeJournal = async () => [] }: Looks): Promise<CheckLine[]> {
	if (!calls) return runAll(offline, deps);
	const lines = await runAll({ ...offline, ...live, ...(await checksOfDestinations(deps.settings)) }, deps);
	const done = await runAll({ journal: () => beforeJournal(lines) }, deps);
	// After storage, which makes the journal when it is new, and after the destinations: what rests may be found healthy.
	return [...lines, ...done, ...(await runAll({ journal: (given) => checkJournal(given, lines) }, deps))];
}

/** What the folders of the destinations that are used look at. */
async function checksOfDestinations(settings: Settings): Promise<Record<string, Check>> {
	const used = await usedKinds(settings);
	return Object.fromEntries(
		used.flatMap(({ kind, loaded }) =>
			Object.entries(loaded.checks).map(([name, check]): [string, Check] => [
				name,
				({ environment, tokensOf, clock, deadline, fetch }) =>
					check({
						environment,
						own: settings.own[kind.name],
						isUsual: settings.destinations.includes(kind.name),
						routes: settings.routes,
						clientId: settings.clientId,
						tokensOf,
						clock,
						deadline,
						fetch,
					}),
			]),
		),
	);
}

async function runAll(checks: Record<string, Check>, deps: CheckDeps): Promise<CheckLine[]> {
	return (await Promise.all(Object.entries(checks).map(([name, check]) => guard(name, check, deps)))).flat();
}

async function guard(name: string, check: Check, deps: CheckDeps): Promise<CheckLine[]> {
	try {
		return await check(deps);
	} catch (error) {
		return [failure(name, `The check could not run (${codeOf(error)}).`, 'Run this again; if this continues, report it with this line.')];
	}
}

/** The worst of all lines. */
export function worstOf(lines: CheckLine[]): Level {
	const levels = lines.map(({ level }) => level);
	return levels.includes('failure') ? 'failure' : levels.includes('warning') ? 'warning' : 'ok';
}
