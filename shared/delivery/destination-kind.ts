import type { CheckLine } from '../basics/check-line.ts';
import type { Environment } from '../basics/environment.ts';
import type { SchemaError } from '../basics/schema-sentences.ts';
import type { Clock } from '../basics/time.ts';
import type { GetToken } from '../tokens/open-credential.ts';
import type { AskOnce } from './ask-once.ts';
import type { Choice, DeliveryRequest, Destination, DestinationName } from './destination.ts';

/** One setting as its schema describes it. */
export interface SettingEntry {
	title: string;
	description: string;
	/** What type of value it is, in words: `duration`. */
	kind: string;
	/** Completes "allowed: …". */
	allowed: string;
	default?: string;
	format?: string;
	enum?: string[];
	/** Other than the default. */
	examples: [string, ...string[]];
	/** The destinations that cannot work while it is wrong or missing. */
	blocks?: DestinationName[];
	/** They can work while it is missing. */
	optional?: boolean;
	/** The member of a rule's choice that makes it dispensable for the leads of that rule. */
	unlessChosen?: string;
	/** What happens while it is wrong, when the rest does not tell. */
	whenWrong?: string;
	/** Least and greatest duration. */
	between?: [string, string];
	/** There is one of it for each destination of a group: what the documentation shows is that of a destination called NAME. */
	perDestination?: boolean;
	/** Its value must not be seen: the template takes it apart from the other settings. */
	secret?: boolean;
}

/** What a compiled schema does: says whether a value is right, and then has `errors`. */
export interface Validate {
	(value: unknown): boolean;
	errors?: SchemaError[] | null;
}

/** What is wrong with one setting; its value is never told. */
export interface SettingProblem {
	setting: string;
	problem: string;
}

/** The settings of a destination. */
export interface SettingsPart<Own> {
	schema: { properties: Record<string, SettingEntry> };
	validate: Validate;
	/**
	 * Reads what is right of them; never throws.
	 *
	 * @param texts those that are set and right
	 * @param text the same, or the default, or `''`
	 */
	read(texts: Record<string, string | undefined>, text: (name: string) => string): ReadPart<Own>;
}

export interface ReadPart<Own> {
	own: Own;
	problems: SettingProblem[];
	/** What works, and yet is hardly what was meant. */
	warnings?: SettingProblem[];
}

/** What a rule of LEAD_ROUTES may choose for a destination. */
export interface ChoicesPart {
	/** A JSON Schema of an object with these members. */
	schema: { properties: Record<string, object>; definitions?: Record<string, object> };
	validate: Validate;
	/** What is right of the members that fit the schema, ready for use, and what is wrong with the others, such as `` `choose.subject` … ``. */
	read(chosen: Record<string, unknown>): { choice: Record<string, unknown>; problems: string[] };
}

/** What a destination's folder says of itself. Light, because the intake loads it; what only a delivery, doctor and preview need is loaded by `load`. */
// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds kinds with settings of their own each
export interface DestinationKind<Own = any> {
	name: DestinationName;
	/** Whether an attempt may be repeated without doubling anything. */
	repeatable: boolean;
	/** How many deliveries that have waited are made in one DELIVERY_RETRY_FIRST; absent: all of them. */
	inFirstStep?: number;
	/** So many deliveries one instance makes in an hour at most, by the setting of that name. */
	cap?: { setting: string; perHour: (own: Own) => number };
	settings: SettingsPart<Own>;
	choices: ChoicesPart;
	/** Where people see what was delivered. */
	recordUrl?: (own: Own, leadId: string) => string | undefined;
	/** The stand-in on one's own machine: its name, the setting that leads to it or away from it, and the address that it says. */
	standIn: { name: string; setting: string; address: (own: Own) => string | undefined };
	/** What the lines of its checks are about: the first tells whether the service takes us at all. */
	checkNames: readonly [string, ...string[]];
	load: () => Promise<LoadedKind<Own>>;
}

/**
 * A folder whose destinations the settings name, each a destination of its own: `webhook:sales`. Their names have the group's before a colon; what is behind it
 * are small letters and digits, of which columns of the journal can be made too.
 */
export interface DestinationGroup {
	/** What its names begin with, before the colon. */
	name: string;
	/** The settings of all of them together, which are there without any of them too; what is wrong with them is said once. */
	settings: Pick<SettingsPart<unknown>, 'schema' | 'validate'>;
	/** The destinations that these settings name: none or several. */
	open: (environment: Environment) => DestinationKind[];
	/** One called `name`: what the documentation shows. */
	example: DestinationKind;
	/** The setting without which there is no destination of this name: `WEBHOOK_SALES_URL`; undefined for what is no name of the group. */
	settingOf: (name: DestinationName) => string | undefined;
	/** Why a setting that looks like one of its own is none, going on from the setting's name, and what to do; undefined for all others. */
	whyNone?: (setting: string, environment: Environment) => { problem: string; next: string } | undefined;
	/** What is valid in the settings of all of them together, but does nothing; asked with what one of its destinations has read. */
	doubts?: (own: unknown) => Promise<SettingProblem[]>;
	/** A regular expression for its names, for editors. */
	pattern: string;
}

/** The setting without which there is no destination of this name; undefined when no group knows such a name. */
export function settingBehind(groups: readonly DestinationGroup[], name: DestinationName): string | undefined {
	for (const group of groups) {
		const setting = group.settingOf(name);
		if (setting !== undefined) return setting;
	}
	return undefined;
}

/** What only a delivery needs. */
export interface LoadedKind<Own> {
	open: (own: Own, deps: DestinationDeps) => Destination;
	/** What doctor looks at when the destination is used: changes nothing at the service. */
	checks: Record<string, DestinationCheck<Own>>;
	/** Whom tokens are asked for. */
	audiences: (own: Own) => Audience[];
	/** What would be sent; sends nothing. */
	preview: (request: DeliveryRequest, own: Own, deps: PreviewDeps) => Promise<DestinationPreview>;
}

/** Looks at one thing. What it cannot look at is a line too. */
export type DestinationCheck<Own> = (deps: DestinationCheckDeps<Own>) => Promise<CheckLine[]>;

/** What a destination's checks depend on. */
export interface DestinationCheckDeps<Own> {
	environment: Environment;
	own: Own;
	/** Whether leads go there without a rule that says so. */
	isUsual: boolean;
	/** The rules that are right, in order. */
	routes: readonly { rule: number; choice: Choice }[];
	/** Of the identity that asks for tokens. */
	clientId: string | undefined;
	tokensOf: (clientId: string | undefined) => GetToken;
	clock: Clock;
	deadline: (ms: number) => AbortSignal;
	fetch: typeof fetch;
}

/** A service that takes tokens. */
export interface Audience {
	name: string;
	/** Its address. */
	url: string;
	/** Names of it that a token may say. */
	audiences: string[];
	/** What a person must have let the Azure CLI do. */
	delegated?: string;
}

export interface DestinationDeps {
	getToken: GetToken;
	fetch: typeof fetch;
	/** Asks a service what a delivery asks it; `fetch` when absent. */
	ask?: AskOnce;
}

export interface PreviewDeps {
	/** The service may be asked what it would be asked at a delivery; absent: no call is made. */
	live?: DestinationDeps;
	/** Told once for whatever is shown in place of an answer. */
	note: (text: string) => void;
	signal: AbortSignal;
}

/** What would be sent, for people. */
export interface DestinationPreview {
	/** The request without its token. */
	request: unknown;
	/** For a terminal; `file` is where the page was written. */
	lines: (file?: string) => string[];
	/** HTML worth looking at in a browser. */
	page?: string;
	/** What was cut, dropped or escaped. */
	warnings: string[];
}

/** The kind of a destination by its name; undefined when this version, or these settings, do not know it. */
export const kindOf = (kinds: readonly DestinationKind[], name: DestinationName): DestinationKind | undefined =>
	kinds.find((kind) => kind.name === name);

/** The names of kinds, in the order in which they are shown. */
export const namesOf = (kinds: readonly DestinationKind[]): DestinationName[] => kinds.map(({ name }) => name);

/** Whether an attempt may be repeated without doubling anything; for what is not known, no. */
export const isRepeatable = (kinds: readonly DestinationKind[], name: DestinationName): boolean => kindOf(kinds, name)?.repeatable ?? false;

/** Where people see a lead: at the first of these destinations that shows its records. */
export function recordUrlOf(
	{ kinds, own }: { kinds: readonly DestinationKind[]; own: Record<DestinationName, unknown> },
	leadId: string,
	destinations: readonly DestinationName[],
): string | undefined {
	for (const { name, recordUrl } of kinds) {
		const url = destinations.includes(name) ? recordUrl?.(own[name], leadId) : undefined;
		if (url !== undefined) return url;
	}
	return undefined;
}
