import { didYouMean } from '../basics/did-you-mean.ts';
import type { Environment } from '../basics/environment.ts';
import { toList } from '../basics/list.ts';
import { readOrComplain } from '../basics/read-or-complain.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { type DestinationGroup, type DestinationKind, namesOf, type SettingProblem, settingBehind } from '../delivery/destination-kind.ts';
import { destinationGroups, destinationKinds, openKinds } from '../destinations/destination-kinds.ts';
import type { Route } from '../rules/routes.ts';
import { type Catalogue, canonicalNames, catalogueOf } from './catalogue.ts';
import { checkSettings } from './check-settings.ts';
import { readCoreSettings } from './core-settings.ts';
import { type RuleProblem, readRouting, toIssue } from './read-routing.ts';
import { isConnectionString, readStorageSettings } from './read-storage-settings.ts';
import type { Settings } from './settings.ts';

/**
 * Reads all settings once and complains about all of them together. Never throws: what is wrong has its default or is absent.
 *
 * @param always the destinations that are always there
 * @param groups whose destinations these settings name
 */
export function readSettings(
	named: Environment,
	always: readonly DestinationKind[] = destinationKinds,
	groups: readonly DestinationGroup[] = destinationGroups,
): Settings {
	const kinds = openKinds(named, always, groups);
	const catalogue = catalogueOf(kinds, groups);
	const environment = canonicalNames(named, Object.keys(catalogue));
	const { texts, problems: wrongTexts } = checkSettings(environment, catalogue, [...kinds, ...groups]);
	const problems: RuleProblem[] = wrongTexts;
	const text = (name: string) => texts[name] ?? catalogue[name]?.default ?? '';
	const core = readCoreSettings(text);
	const { destinations, wrong } = readDestinations(text('LEAD_DESTINATIONS'), namesOf(kinds), groups);
	problems.push(...wrong);
	const read = () => readRouting(text('LEAD_ROUTES'), { ...core, kinds });
	const { routes, ...routing } = readOrComplain('LEAD_ROUTES', read, noRoutes);
	problems.push(...routing.problems);
	const own: Settings['own'] = {};
	const doubts: RuleProblem[] = [];
	for (const { name, settings } of kinds) {
		const part = settings.read(texts, text);
		own[name] = part.own;
		problems.push(...part.problems);
		doubts.push(...(part.warnings ?? []));
	}
	doubts.push(
		...findUnnamed(groups, namesOf(kinds), new Set([...destinations, ...routes.flatMap(({ choice }) => choice.destinations ?? [])])),
	);
	for (const setting of neededSettings(catalogue, destinations, routes))
		if (!text(setting) && !problems.some((problem) => problem.setting === setting)) problems.push({ setting, problem: 'is missing' });
	const issues = problems.map((problem) => toIssue(catalogue, problem));
	const storage = readStorageSettings(environment);
	const storageProblem = !storage
		? 'is missing or incomplete'
		: 'connectionString' in storage && !isConnectionString(storage.connectionString)
			? 'is not a connection string'
			: undefined;
	if (storageProblem)
		issues.push({ setting: 'AzureWebJobsStorage', problem: storageProblem, allowed: storageAllowed, blocks: namesOf(kinds) });
	return {
		...core,
		kinds,
		destinations,
		destinationsDecided: wrong.length === 0,
		routes,
		own,
		...(storage && { storage }),
		issues,
		warnings: [...routing.warnings, ...doubts].map((problem) => toIssue(catalogue, problem)),
	};
}

const noRoutes: { routes: Route[]; warnings: RuleProblem[] } = { routes: [], warnings: [] };

const storageAllowed = 'a connection string, or AzureWebJobsStorage__queueServiceUri and AzureWebJobsStorage__tableServiceUri';

function readDestinations(
	text: string,
	known: DestinationName[],
	groups: readonly DestinationGroup[],
): { destinations: DestinationName[]; wrong: SettingProblem[] } {
	const names = toList(text.toLowerCase());
	const complaint = (problem: string): SettingProblem => ({ setting: 'LEAD_DESTINATIONS', problem });
	const wrong = names.flatMap((name, index) => {
		if (known.includes(name)) return [];
		const meant = didYouMean(name, known);
		const missing = settingBehind(groups, name);
		const why = `${missing ? `, because ${missing} is missing` : ''}${meant ? `; did you mean ${meant}?` : ''}`;
		return [complaint(`holds a name (number ${index + 1}) that is not a destination${why}`)];
	});
	if (names.length === 0) wrong.push(complaint('is missing'));
	return { destinations: known.filter((name) => names.includes(name)), wrong };
}

/** Destinations of a group that have settings, and that neither LEAD_DESTINATIONS nor a rule names: perhaps one of the two was mistyped. */
function findUnnamed(groups: readonly DestinationGroup[], known: DestinationName[], used: ReadonlySet<DestinationName>): SettingProblem[] {
	return known.flatMap((name) => {
		const setting = used.has(name) ? undefined : settingBehind(groups, name);
		return setting === undefined ? [] : [{ setting, problem: `belongs to ${name}, which neither LEAD_DESTINATIONS nor a rule names` }];
	});
}

/** The settings without which a destination of all leads, or of a rule's, cannot work; a rule may choose what makes one dispensable for its own leads. */
function neededSettings(catalogue: Catalogue, destinations: DestinationName[], routes: Route[]): string[] {
	const used = (unlessChosen?: string) =>
		new Set([
			...destinations,
			...routes.flatMap(({ choice }) => (unlessChosen && choice[unlessChosen] ? [] : (choice.destinations ?? []))),
		]);
	return Object.entries(catalogue).flatMap(([name, { blocks, unlessChosen, optional }]) => {
		if (optional) return [];
		const asking = used(unlessChosen);
		return blocks?.some((blocked) => asking.has(blocked)) ? [name] : [];
	});
}
