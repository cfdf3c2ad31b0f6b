import { settingOf } from '../../host/setting-of.ts';
import { type CheckLine, failure, ok, warning } from '../basics/check-line.ts';
import { howToSet } from '../basics/environment.ts';
import { codeOf } from '../basics/failures.ts';
import { guid } from '../basics/formats.ts';
import { bellQueue } from '../queues/bell.ts';
import { storageSettingNames } from '../settings/catalogue.ts';
import { hostRefuses } from '../settings/read-storage-settings.ts';
import type { Check, CheckDeps } from './check.ts';

const [whole = '', ...byIdentity] = storageSettingNames;
const say = (line: typeof failure, message: string, next: string) => line('storage settings', message, next);

/** What names the storage account, as far as it can be told without asking it: to the app, and to the host, which reads the same settings in its own way. */
export const checkStorageSettings: Check = async (deps) => {
	const { environment, settings, table, queue } = deps;
	if (!settings.storage) return []; // said among the settings
	try {
		await table();
		await queue(bellQueue);
	} catch (error) {
		const next = `${howToSet(whole, environment)} Its value: az storage account show-connection-string -g GROUP -n STORAGE`;
		return [say(failure, `AzureWebJobsStorage is not a connection string that can be read (${codeOf(error)}).`, next)];
	}
	const byKey = 'connectionString' in settings.storage;
	const lines = byKey ? checkConnectionString(deps) : checkIdentityForm(deps);
	if (lines.length > 0) return lines;
	return [
		ok(
			'storage settings',
			byKey
				? 'AzureWebJobsStorage is a connection string.'
				: 'The settings name the account by its addresses; the app uses the identity to reach it.',
		),
	];
};

function checkConnectionString({ environment }: CheckDeps): CheckLine[] {
	const refused = hostRefuses(settingOf(environment, whole) ?? '');
	const beside = byIdentity.filter((name) => settingOf(environment, name)?.trim());
	return [
		...(refused
			? [
					say(
						failure,
						`AzureWebJobsStorage ${refused}: the host does not start with it.`,
						`${howToSet(whole, environment)} Its value: az storage account show-connection-string -g GROUP -n STORAGE`,
					),
				]
			: []),
		...(beside.length > 0
			? [
					say(
						warning,
						`AzureWebJobsStorage is set together with ${beside.join(', ')}: the app and the host use the connection string.`,
						`To use the identity: ${howToTakeAway(whole, environment)}`,
					),
				]
			: []),
	];
}

function checkIdentityForm(deps: CheckDeps): CheckLine[] {
	const { environment } = deps;
	const texts = new Map(byIdentity.map((name) => [name, settingOf(environment, name) ?? '']));
	const isSet = (suffix: string) => texts.get(`AzureWebJobsStorage__${suffix}`)?.trim() !== '';
	const dirty = [...texts].filter(([name, text]) => text !== '' && !isClean(name, text)).map(([name]) => name);
	const lines: CheckLine[] = [];
	// An empty setting is there, to the platform: what looks for a connection string finds one of no account.
	if (Object.entries(environment).some(([name, value]) => name.toLowerCase() === whole.toLowerCase() && value?.trim() === ''))
		lines.push(
			say(
				warning,
				'AzureWebJobsStorage is set but empty, together with settings that name the account: the host may read it as a connection string.',
				howToTakeAway(whole, environment),
			),
		);
	for (const name of dirty)
		lines.push(
			say(
				failure,
				`${name} has white space, quotes or an invisible character around it: the app removes them, the host does not.`,
				howToSet(name, environment),
			),
		);
	if (!isSet('blobServiceUri') && !isSet('accountName'))
		lines.push(
			say(
				warning,
				'AzureWebJobsStorage__blobServiceUri is missing: the host keeps its keys and timers in blobs.',
				howToSet('AzureWebJobsStorage__blobServiceUri', environment),
			),
		);
	else if (!isSet('accountName'))
		lines.push(
			say(
				warning,
				'AzureWebJobsStorage__accountName is missing: without it, some hosts sometimes cannot open their blobs and answer 401 (azure-functions-host 11787).',
				howToSet('AzureWebJobsStorage__accountName', environment),
			),
		);
	return [...lines, ...checkWho(deps, texts)];
}

/** Which identity the host takes: if the settings name none, the system-assigned one, which has no permissions here. */
function checkWho({ environment, settings }: CheckDeps, texts: Map<string, string>): CheckLine[] {
	const credential = texts.get('AzureWebJobsStorage__credential')?.trim() ?? '';
	const clientId = texts.get('AzureWebJobsStorage__clientId')?.trim() ?? '';
	const isInAzure = Boolean(environment.IDENTITY_ENDPOINT || environment.WEBSITE_SITE_NAME);
	if (credential && credential.toLowerCase() !== 'managedidentity')
		return [
			say(
				failure,
				'AzureWebJobsStorage__credential is not managedidentity: the host does not start.',
				howToSet('AzureWebJobsStorage__credential', environment).replace('=…', '=managedidentity'),
			),
		];
	if (clientId && !guid(clientId))
		return [
			say(
				failure,
				'AzureWebJobsStorage__clientId is not a GUID: it must be the client id of the identity.',
				howToSet('AzureWebJobsStorage__clientId', environment),
			),
		];
	// On one's own machine it is whoever is signed in to the Azure CLI.
	if (!isInAzure) return [];
	const missing = [...(credential ? [] : ['AzureWebJobsStorage__credential']), ...(clientId ? [] : ['AzureWebJobsStorage__clientId'])];
	if (missing.length === 0) return [];
	return [
		say(
			failure,
			`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: the host does not use the user-assigned identity, and does not start.`,
			`Set AzureWebJobsStorage__credential to managedidentity and AzureWebJobsStorage__clientId to ${settings.clientId ? 'the value of AZURE_CLIENT_ID' : 'the client id of the identity'}. ${howToSet(missing[0] ?? '', environment)}`,
		),
	];
}

/** .NET takes white space around a URI away, and around nothing else. */
function isClean(name: string, text: string): boolean {
	const bare = name.endsWith('Uri') ? text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') : text;
	return !/[\s\p{Cf}"'`“”„‘’]/u.test(bare);
}

const howToTakeAway = (name: string, { WEBSITE_SITE_NAME: app }: CheckDeps['environment']) =>
	app
		? `az functionapp config appsettings delete -g GROUP -n ${app} --setting-names ${name} (portal: ${app} > Settings > Environment variables)`
		: `Remove ${name} from local.settings.json (Values) and from the environment.`;
