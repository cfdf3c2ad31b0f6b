import { didYouMean } from '../basics/did-you-mean.ts';
import type { Environment } from '../basics/environment.ts';
import { toList } from '../basics/list.ts';
import { readOrComplain } from '../basics/read-or-complain.ts';
import type { DestinationName } from '../delivery/destination.ts';
import { type DestinationKind, namesOf, type SettingProblem } from '../delivery/destination-kind.ts';
import { destinationKinds } from '../destinations/destination-kinds.ts';
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
 * @param kinds the destinations there are
 */
export function readSettings(named: Environment, kinds: readonly DestinationKind[] = destinationKinds): Settings {
	const catalogue = catalogueOf(kinds);
	const environment = canonicalNames(named, Object.keys(catalogue));
	const { texts, problems: wrongTexts } = checkSettings(environment, catalogue, kinds);
	const problems: RuleProblem[] = wrongTexts;
	const text = (name: string) => texts[name] ?? catalogue[name]?.default ?? '';
	const core = readCoreSettings(text);
	const { destinations, wrong } = readDestinations(text('LEAD_DESTINATIONS'), namesOf(kinds));
	problems.push(...wrong);
	const read = () => readRouting(text('LEAD_ROUTES'), { ...core, kinds });
	const { routes, ...routing } = readOrComplain('LEAD_ROUTES', read, noRoutes);
	problems.push(...routing.problems);
	const own: Settings['own'] = {};
	for (const { name, settings } of kinds) {
		const part = settings.read(texts, text);
		own[name] = part.own;
		problems.push(...part.problems);
	}
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
		warnings: routing.warnings.map((problem) => toIssue(catalogue, problem)),
	};
}

const noRoutes: { routes: Route[]; warnings: RuleProblem[] } = { routes: [], warnings: [] };

const storageAllowed = 'a connection string, or AzureWebJobsStorage__queueServiceUri and AzureWebJobsStorage__tableServiceUri';

function readDestinations(text: string, known: DestinationName[]): { destinations: DestinationName[]; wrong: SettingProblem[] } {
	const names = toList(text.toLowerCase());
	const complaint = (problem: string): SettingProblem => ({ setting: 'LEAD_DESTINATIONS', problem });
	const wrong = names.flatMap((name, index) => {
		if (known.includes(name)) return [];
		const meant = didYouMean(name, known);
		return [complaint(`holds a name (number ${index + 1}) that is not a destination${meant ? `; did you mean ${meant}?` : ''}`)];
	});
	if (names.length === 0) wrong.push(complaint('is missing'));
	return { destinations: known.filter((name) => names.includes(name)), wrong };
}

/** The settings without which a destination of all leads, or of a rule's, cannot work; a rule may choose what makes one dispensable for its own leads. */
function neededSettings(catalogue: Catalogue, destinations: DestinationName[], routes: Route[]): string[] {
	const used = (unlessChosen?: string) =>
		new Set([
			...destinations,
			...routes.flatMap(({ choice }) => (unlessChosen && choice[unlessChosen] ? [] : (choice.destinations ?? []))),
		]);
	return Object.entries(catalogue).flatMap(([name, { blocks, unlessChosen }]) => {
		const asking = used(unlessChosen);
		return blocks?.some((blocked) => asking.has(blocked)) ? [name] : [];
	});
}
