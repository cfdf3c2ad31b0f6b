import { Command, CommanderError } from 'commander';
import type { Environment } from '../../shared/basics/environment.ts';
import { type ExitCode, exitCodes } from '../leads/leads-tool-deps.ts';
import { addConsentOptions, type ConsentOptions, consentOf } from '../leads/options.ts';
import { printableLine } from '../leads/printable.ts';
import type { Terminal } from '../leads/terminal.ts';
import { UsageError } from '../leads/usage-error.ts';
import { type ApiDeps, ApiFailure } from './call-api.ts';
import { changeOffers } from './change-offers.ts';
import type { ConnectDeps } from './connect-deps.ts';
import { concealKeys, intakeUrl, isOurs, type OurApp } from './endpoint.ts';
import { type AppKeys, openAppKeys } from './function-keys.ts';
import { listOffers } from './list-offers.ts';
import { openPartnerCenter } from './partner-center.ts';
import { readApp, rotateKey } from './rotate-key.ts';

export interface ConnectDependencies extends ApiDeps {
	terminal: Terminal;
	environment: Environment;
	readStdin: () => Promise<string>;
}

interface PlaceOptions {
	app?: string;
	resourceGroup?: string;
	subscription?: string;
	graphRoot: string;
	managementRoot: string;
}

interface OfferOptions extends PlaceOptions, ConsentOptions {
	all?: boolean;
	wait?: boolean;
	withOtherChanges?: boolean;
}

const help = `
Examples:
  npm run connect -- list --app APP_NAME --resource-group leads
  npm run connect -- set --all --url-from-app APP_NAME --resource-group leads     the drafts of all offers
  npm run connect -- publish --all                                                preview, then live, and waits
  npm run connect -- rotate --app APP_NAME --resource-group leads                 a new key everywhere, then the old one is deleted

Sign-in: Partner Center takes an app registration that is associated with it (AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET in the environment, or
what else DefaultAzureCredential knows); Azure takes whoever is signed in (az login). Everything may be stopped and started again: it reads before it acts.

Exit codes: 0 done, 1 something failed or was left alone, 2 wrong usage.`;

/** The command line of `npm run connect`: the exit code. */
export async function runConnect(args: string[], dependencies: ConnectDependencies): Promise<ExitCode> {
	const secrets = new Set<string>();
	const terminal = discreet(dependencies.terminal, secrets);
	const deps = { ...dependencies, terminal };
	let exitCode: ExitCode = exitCodes.done;
	const program = new Command('npm run connect --')
		.description('The lead destinations of your offers in Partner Center: see, set, publish, rotate the key.')
		.addHelpText('after', help)
		.exitOverride()
		.configureOutput({ writeOut: (text) => void terminal.print(text), writeErr: (text) => terminal.note(text.trimEnd()) });
	const run = async (work: () => Promise<ExitCode>) => {
		exitCode = await work();
	};

	addPlace(program.command('list').description('Show where the leads of each offer go: draft, preview and live.'))
		.option('--json', 'as JSON')
		.action((options: PlaceOptions & { json?: boolean }) =>
			run(async () => {
				const app = options.app === undefined ? undefined : await appOf(keysOf(options, deps), secrets);
				return listOffers({ app, json: options.json === true }, open(options, deps));
			}),
		);

	addConsentOptions(
		addPlace(program.command('set').description('Write the lead destination into the drafts of offers. Nothing is published.')),
	)
		.argument('[offers...]', 'offer ids')
		.option('--all', 'every offer')
		.option('--url-from-app <name>', 'the intake of this function app, with its own key')
		.option('--key-name <name>', 'which key of LeadIntake, if there are several')
		.option('--url <dash>', '-: an address that is read from standard input; never an argument, because it holds a key')
		.option('--replace', 'also where the draft has another lead destination')
		.action((names: string[], options: OfferOptions & { urlFromApp?: string; keyName?: string; url?: string; replace?: boolean }) =>
			run(async () => {
				const { url, app } = await urlOf(options, deps, secrets);
				const mayReplace = (before: string | undefined, destination: string) =>
					options.replace === true || destination === 'none' || (before !== undefined && app !== undefined && isOurs(before, app));
				const wanted = { url, mayReplace, draftOnly: true, withOtherChanges: false };
				const change = { names: namesOf(names, options), wanted, what: 'set the lead destination in the draft of', waits: true, app };
				return (await changeOffers(change, consentOf(options), open(options, deps))).exitCode;
			}),
		);

	addPublish(
		addPlace(program.command('publish').description('Publish the drafts of offers whose lead destination is not live yet, and wait.')),
	)
		.argument('[offers...]', 'offer ids')
		.option('--all', 'every offer')
		.action((names: string[], options: OfferOptions) =>
			run(async () => {
				const app = options.app === undefined ? undefined : await appOf(keysOf(options, deps), secrets);
				const change = {
					names: namesOf(names, options),
					wanted: ({
						targets: { draft },
					}: Parameters<Extract<Parameters<typeof changeOffers>[0]['wanted'], (offer: never) => unknown>>[0]) =>
						draft.kind === 'known' && draft.url !== undefined && (!app || isOurs(draft.url, app))
							? { url: draft.url, mayReplace: () => false, publishOnly: true, withOtherChanges: options.withOtherChanges === true }
							: undefined,
					what: 'publish',
					waits: options.wait !== false,
					app,
				};
				return (await changeOffers(change, consentOf(options), open(options, deps))).exitCode;
			}),
		);

	addPublish(
		addPlace(program.command('rotate').description('Create a new key, bring it into every offer, publish, then delete the old one.')),
	)
		.option('--key-name <name>', 'of the new key; one that is there is used (default: k and the month, such as k202611)')
		.option('--delete-key <name>', 'a key that may be deleted without a question, once no offer uses it; may be repeated', gather)
		.option('--by-hand-done', 'the offers that the API does not show have the new URL: you have changed them in Partner Center')
		.action((options: OfferOptions & { keyName?: string; deleteKey?: string[]; byHandDone?: boolean }) =>
			run(() => {
				const { keyName = `k${new Date(deps.clock()).toISOString().slice(0, 7).replace('-', '')}`, deleteKey = [] } = options;
				if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(keyName)) throw new UsageError('--key-name takes letters, digits, - and _.');
				const keys = remembering(keysOf(options, deps), secrets);
				return rotateKey(
					{
						keyName,
						withOtherChanges: options.withOtherChanges === true,
						byHandDone: options.byHandDone === true,
						deletable: deleteKey,
						waits: options.wait !== false,
					},
					consentOf(options),
					{ ...open(options, deps), keys },
				);
			}),
		);

	try {
		await program.parseAsync(args, { from: 'user' });
		return exitCode;
	} catch (error) {
		terminal.progress('');
		if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
		if (error instanceof UsageError) {
			terminal.note(error.message);
			return exitCodes.usage;
		}
		terminal.note(explain(error));
		return exitCodes.failed;
	}
}

const gather = (text: string, before: string[] = []) => [...before, text];

const addPublish = (command: Command): Command =>
	addConsentOptions(command)
		.option('--with-other-changes', 'also where the draft has other changes, which are published too')
		.option('--no-wait', 'begin what can be begun, and end; the same command goes on later');

const addPlace = (command: Command): Command =>
	command
		.option('--app <name>', 'the function app (APP_NAME in the environment)')
		.option('--resource-group <name>', 'its resource group (AZURE_RESOURCE_GROUP in the environment)')
		.option('--subscription <id>', 'its subscription (AZURE_SUBSCRIPTION_ID in the environment)')
		.option('--graph-root <url>', 'the Product Ingestion API', 'https://graph.microsoft.com/rp/product-ingestion')
		.option('--management-root <url>', 'Azure Resource Manager', 'https://management.azure.com');

function namesOf(names: string[], { all }: OfferOptions): string[] | undefined {
	if (all === true && names.length > 0) throw new UsageError('Name offers, or --all; not both.');
	if (all !== true && names.length === 0) throw new UsageError('Name offers by their offer ids, or say --all.');
	return all === true ? undefined : names;
}

function open({ graphRoot }: PlaceOptions, deps: ConnectDependencies): ConnectDeps {
	return {
		center: openPartnerCenter(rootOf(graphRoot, '--graph-root'), deps),
		terminal: deps.terminal,
		clock: deps.clock,
		pause: deps.pause,
	};
}

function keysOf(options: PlaceOptions, deps: ConnectDependencies): AppKeys {
	const { APP_NAME, AZURE_RESOURCE_GROUP, AZURE_SUBSCRIPTION_ID } = deps.environment;
	const { app = APP_NAME, resourceGroup = AZURE_RESOURCE_GROUP, subscription = AZURE_SUBSCRIPTION_ID } = options;
	if (!app || !resourceGroup || !subscription)
		throw new UsageError('Which app? Say --app, --resource-group and --subscription (az account show --query id --output tsv).');
	return openAppKeys(rootOf(options.managementRoot, '--management-root'), { app, resourceGroup, subscription }, deps);
}

/** A token goes there: only by HTTPS, or to this machine. */
function rootOf(text: string, option: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
	if (url?.protocol !== 'https:' && !isLocal) throw new UsageError(`${option} takes an https address.`);
	return text.replace(/\/+$/, '');
}

async function urlOf(
	{ urlFromApp, url, keyName, ...options }: OfferOptions & { urlFromApp?: string; keyName?: string; url?: string },
	deps: ConnectDependencies,
	secrets: Set<string>,
): Promise<{ url: string; app?: OurApp }> {
	if ((urlFromApp === undefined) === (url === undefined))
		throw new UsageError('Say where the address comes from: --url-from-app NAME, or --url -');
	if (url !== undefined) {
		if (url !== '-') throw new UsageError('--url takes - and reads the address from standard input: an argument would be seen by others.');
		const read = (await deps.readStdin()).trim();
		if (!/^https:\/\/[^\s]+$/.test(read) || !URL.canParse(read)) throw new UsageError('Standard input does not hold one https address.');
		for (const value of new URL(read).searchParams.values()) secrets.add(value);
		return { url: read };
	}
	const app = await appOf(keysOf({ ...options, ...(urlFromApp && { app: urlFromApp }) }, deps), secrets);
	const name = keyName ?? (app.keys.size === 1 ? [...app.keys.keys()][0] : undefined);
	const key = name === undefined ? undefined : app.keys.get(name);
	if (key === undefined)
		throw new UsageError(`Which key of LeadIntake? Say --key-name: ${[...app.keys.keys()].join(', ') || 'it has none yet'}.`);
	return { url: intakeUrl(app, key), app };
}

async function appOf(keys: AppKeys, secrets: Set<string>): Promise<OurApp> {
	return readApp(remembering(keys, secrets));
}

/** Every key that is read is taken out of whatever is shown. */
function remembering(keys: AppKeys, secrets: Set<string>): AppKeys {
	const remember = (all: Map<string, string>) => {
		for (const value of all.values()) secrets.add(value);
		return all;
	};
	return { ...keys, list: async () => remember(await keys.list()), listHost: async () => remember(await keys.listHost()) };
}

/** Names of offers and errors are foreign text, and an error may repeat what was sent. */
function discreet({ print, note, progress, confirm }: Terminal, secrets: ReadonlySet<string>): Terminal {
	const conceal = (text: string) => concealKeys(text, secrets);
	return {
		print: (text) => print(typeof text === 'string' ? conceal(text) : text),
		note: (text) => note(conceal(text.split('\n').map(printableLine).join('\n'))),
		progress: (text) => progress(conceal(printableLine(text))),
		...(confirm && { confirm: (question: string) => confirm(conceal(printableLine(question))) }),
	};
}

function explain(error: unknown): string {
	if (error instanceof ApiFailure) {
		const next =
			error.status === 401 || error.status === 403
				? ' For Partner Center: associate the app registration with the account (Account settings > User management > Microsoft Entra applications, role Manager or Developer) and set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. For Azure: az login, with Website Contributor on the app.'
				: ' Run the same command again: it reads before it acts.';
		return `${error.message}.${next}`;
	}
	const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
	if (/Credential|Authentication/.test(name))
		return `No one is signed in. For Azure: az login. For Partner Center: set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. (${message.split('\n')[0]})`;
	return `Failed: ${message.split('\n')[0]}`;
}
