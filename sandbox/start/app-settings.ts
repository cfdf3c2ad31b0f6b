import { foldName, settingOf } from '../../host/setting-of.ts';
import { destinationKinds, openKinds } from '../../shared/destinations/destination-kinds.ts';
import { canonicalNames } from '../../shared/settings/catalogue.ts';
import { sandboxSettings } from '../sandbox-settings.ts';
import { sandboxEndpoints } from './sandbox-endpoints.ts';

type Settings = Record<string, string | undefined>;

const storageSetting = 'AzureWebJobsStorage';
const identitySettings = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'AZURE_CLIENT_ID'];
/** Those whose services take the identity's tokens. */
const tokenSettings = destinationKinds.map(({ standIn }) => standIn.setting);
const destinationSettings = (named: Settings) => openKinds(named).map(({ standIn }) => standIn.setting);

/** Whether the settings name a storage account; what `func` calls development storage is the one that is started here. */
export function namesStorage(named: Settings): boolean {
	const connectionString = settingOf(named, storageSetting)?.trim();
	if (connectionString) return !/^UseDevelopmentStorage=true;?$/i.test(connectionString);
	return Object.keys(named).some((name) => foldName(name).startsWith(foldName(`${storageSetting}__`)) && named[name]);
}

/** The names of what takes the sandbox's place: settings that lead off this machine. */
export function leadsOff(written: Settings): string[] {
	const named = canonicalNames(written);
	const names = destinationSettings(named).filter((name) => named[name] && !isLoopback(named[name]));
	return namesStorage(named) ? [storageSetting, ...names] : names;
}

/**
 * The app settings of the worker: what was named over the sandbox's own. A webhook endpoint without an address gets one of the sandbox, and leads go there too. Where a named destination is not on this machine the sandbox's identity is left
 * away, for its tokens are worth nothing there: the app then takes whoever is signed in to the Azure CLI.
 */
export function appSettings(written: Settings, sandbox: { url: string; connectionString: string | undefined }): Settings {
	const named = canonicalNames(written);
	// A blank address is a missing one: local.settings.sample.json has them all.
	for (const name of [...destinationSettings(named), ...identitySettings]) if (!named[name]?.trim()) delete named[name];
	const defaults: Settings = { ...sandboxSettings(sandbox.url), [storageSetting]: sandbox.connectionString };
	if (tokenSettings.some((name) => named[name] && !isLoopback(named[name]))) for (const name of identitySettings) delete defaults[name];
	const endpoints = sandboxEndpoints(named, sandbox.url);
	defaults.LEAD_DESTINATIONS = [defaults.LEAD_DESTINATIONS, ...endpoints.destinations].join(';');
	const settings = { ...defaults, ...named, ...endpoints.settings };
	if (!namesStorage(named)) settings[storageSetting] = sandbox.connectionString;
	return settings;
}

function isLoopback(url: string): boolean {
	return URL.canParse(url) && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
