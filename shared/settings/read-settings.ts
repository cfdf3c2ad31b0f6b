import { didYouMean } from '../basics/did-you-mean.ts';
import { durationMs } from '../basics/duration.ts';
import type { Environment } from '../basics/environment.ts';
import { toList } from '../basics/list.ts';
import { type DestinationName, destinationNames } from '../delivery/destination.ts';
import type { Route } from '../rules/route.ts';
import { catalogue, type SettingName, settingNames } from './catalogue.ts';
import { checkSettings } from './check-settings.ts';
import { readCrmMapping } from './read-crm-mapping.ts';
import { readOrComplain } from './read-or-complain.ts';
import { readRouting } from './read-routing.ts';
import { isConnectionString, readStorageSettings } from './read-storage-settings.ts';
import { readTemplate } from './read-template.ts';
import type { SettingIssue, Settings } from './settings.ts';

/** Reads all settings once and complains about all of them together. Never throws: what is wrong has its default or is absent. */
export function readSettings(environment: Environment): Settings {
	const { texts, issues } = checkSettings(environment);
	const text = (name: SettingName) => texts[name] ?? catalogue[name].default ?? '';
	const milliseconds = (name: SettingName) => durationMs(text(name)) ?? 0;
	const { destinations, wrong } = readDestinations(text('LEAD_DESTINATIONS'));
	issues.push(...wrong);
	const testPolicy = text('LEAD_TEST_POLICY') === 'journal' ? 'journal' : 'deliver';
	const dncPolicy = text('LEAD_DNC_POLICY') === 'deliver' ? 'deliver' : 'journal';
	const routing = readOrComplain('LEAD_ROUTES', () => readRouting(text('LEAD_ROUTES'), { testPolicy, dncPolicy }), noRoutes);
	const subject = readOrComplain('EMAIL_SUBJECT', () => readTemplate('EMAIL_SUBJECT', 'text', texts), { template: {} });
	const body = readOrComplain('EMAIL_BODY', () => readTemplate('EMAIL_BODY', 'html', texts), { template: {} });
	const mapping = readOrComplain('DATAVERSE_FIELDS', () => readCrmMapping(texts), { crm: {} });
	issues.push(...routing.issues, ...subject.issues, ...body.issues, ...mapping.issues);
	for (const name of neededSettings(destinations, routing.routes)) {
		const { allowed, blocks = [] } = catalogue[name];
		if (!text(name) && !issues.some(({ setting }) => setting === name))
			issues.push({ setting: name, problem: 'is missing', allowed, blocks });
	}
	const storage = readStorageSettings(environment);
	const storageProblem = !storage
		? 'is missing or incomplete'
		: 'connectionString' in storage && !isConnectionString(storage.connectionString)
			? 'is not a connection string'
			: undefined;
	if (storageProblem) issues.push({ setting: 'AzureWebJobsStorage', problem: storageProblem, ...storageRule });
	return {
		destinations,
		destinationsDecided: wrong.length === 0,
		routes: routing.routes,
		testPolicy,
		dncPolicy,
		samePerson: text('LEAD_SAME_PERSON') === 'mention' ? 'mention' : 'deliver',
		dedupeWindowMs: milliseconds('LEAD_DEDUPE_WINDOW'),
		retentionMs: milliseconds('LEAD_RETENTION'),
		sweepSchedule: text('LEAD_SWEEP_SCHEDULE'),
		retryWindowMs: milliseconds('DELIVERY_RETRY_WINDOW'),
		retryFirstMs: milliseconds('DELIVERY_RETRY_FIRST'),
		attemptTimeoutMs: milliseconds('DELIVERY_ATTEMPT_TIMEOUT'),
		email: {
			...(texts.EMAIL_FROM && { from: texts.EMAIL_FROM }),
			to: toList(text('EMAIL_TO')),
			cc: toList(text('EMAIL_CC')),
			...subject.template,
			...body.template,
			locale: text('EMAIL_LOCALE'),
			timeZone: text('EMAIL_TIME_ZONE'),
			maxPerHour: Number(text('EMAIL_MAX_PER_HOUR')),
			graphBaseUrl: text('GRAPH_BASE_URL').replace(/\/+$/, ''),
		},
		crm: {
			...(texts.DATAVERSE_URL && { url: new URL(texts.DATAVERSE_URL).origin }),
			...(texts.DATAVERSE_LEAD_SOURCE && { leadSource: Number(texts.DATAVERSE_LEAD_SOURCE) }),
			duplicateDetection: text('DATAVERSE_DUPLICATE_DETECTION') === 'true',
			...mapping.crm,
			locale: text('EMAIL_LOCALE'),
			timeZone: text('EMAIL_TIME_ZONE'),
		},
		...(texts.AZURE_CLIENT_ID && { clientId: texts.AZURE_CLIENT_ID }),
		...(storage && { storage }),
		issues,
		warnings: routing.warnings,
	};
}

const noRoutes: { routes: Route[]; warnings: SettingIssue[] } = { routes: [], warnings: [] };

const storageRule = {
	allowed: 'a connection string, or AzureWebJobsStorage__queueServiceUri and AzureWebJobsStorage__tableServiceUri',
	blocks: [...destinationNames],
};

function readDestinations(text: string): { destinations: DestinationName[]; wrong: SettingIssue[] } {
	const { allowed } = catalogue.LEAD_DESTINATIONS;
	const names = toList(text.toLowerCase());
	const complaint = (problem: string): SettingIssue => ({ setting: 'LEAD_DESTINATIONS', problem, allowed, blocks: [] });
	const wrong = names.flatMap((name, index) => {
		if (destinationNames.some((known) => known === name)) return [];
		const meant = didYouMean(name, destinationNames);
		return [complaint(`holds a name (number ${index + 1}) that is no destination${meant ? `; did you mean ${meant}?` : ''}`)];
	});
	if (names.length === 0) wrong.push(complaint('is missing'));
	return { destinations: destinationNames.filter((known) => names.includes(known)), wrong };
}

/** The settings without which a destination of all leads, or of a rule's, cannot work; a rule may bring its own recipients. */
function neededSettings(destinations: DestinationName[], routes: Route[]): SettingName[] {
	const used = new Set([...destinations, ...routes.flatMap(({ choice }) => choice.destinations ?? [])]);
	const usual = new Set([...destinations, ...routes.flatMap(({ choice }) => (choice.to ? [] : (choice.destinations ?? [])))]);
	return settingNames.filter((name) => catalogue[name].blocks?.some((blocked) => (name === 'EMAIL_TO' ? usual : used).has(blocked)));
}
