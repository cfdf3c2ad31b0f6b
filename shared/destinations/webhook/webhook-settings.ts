import { isIP } from 'node:net';
import { toList } from '../../basics/list.ts';
import { readOrComplain } from '../../basics/read-or-complain.ts';
import type { SchemaError } from '../../basics/schema-sentences.ts';
import { durationMs } from '../../basics/time.ts';
import type { ReadPart, SettingEntry, SettingProblem, SettingsPart, Validate } from '../../delivery/destination-kind.ts';
import { checkTemplate } from '../../templates/check-template.ts';
import { destinationOf, settingNameOf } from './endpoint-names.ts';
import { type FormatName, formatFor, formatTraits, usualFormat } from './format-traits.ts';
import { readBody, readFields, readHeaders, readSecrets } from './read-parts.ts';
import { doubtFormat, holdsReference, isUnresolved, readUrl, referenceWithin, unresolvedProblem } from './read-url.ts';
import schema from './webhook-settings.json' with { type: 'json' };

/** An address and how many of its bits count: `10.20.0.0`, 16. */
export type AddressRange = readonly [address: string, bits: number];

/** What an endpoint needs to know. */
export interface WebhookSettings {
	/** What its settings begin with: `WEBHOOK_SALES_`. */
	prefix: string;
	/** Whether a receiver can tell a repetition of this format. */
	repeatable: boolean;
	/** As it was written: services compare it byte by byte. */
	url?: string;
	format: FormatName;
	/** Whether the host chose it. */
	formatIsUsual: boolean;
	/** Keys of Standard Webhooks, the newest first. */
	secrets: Buffer[];
	authorization?: string;
	headers: Record<string, string>;
	/** Templates by field; absent: the usual ones. */
	fields?: Record<string, string>;
	/** JSON whose strings are templates. */
	body?: unknown;
	/** A template; without it the built-in title is used. */
	title?: string;
	timeoutMs: number;
	/** Private address ranges that may be called all the same. */
	privateNetworks: AddressRange[];
	/** Known to `Intl`. */
	locale: string;
	timeZone: string;
}

/** `webhook-settings.json` tells what the members mean; those with `perDestination` stand for one of each endpoint: NAME is its name in capitals. */
const entries = Object.entries(schema.properties) as unknown as [string, SettingEntry][];
const common = Object.fromEntries(entries.filter(([, { perDestination }]) => !perDestination));

/** The settings of all endpoints together. */
export const commonSettings: Pick<SettingsPart<unknown>, 'schema' | 'validate'> = {
	schema: { properties: common },
	validate: validator((name) => name),
};

/** The settings of one endpoint. @param local Whether the app runs on someone's own machine. */
export function endpointSettings(endpoint: string, local: boolean): SettingsPart<WebhookSettings> {
	const named = (documented: string) => settingNameOf(endpoint, documented);
	const properties = Object.fromEntries(
		entries
			.filter(([, { perDestination }]) => perDestination)
			.map(([name, { blocks, ...entry }]) => [named(name), { ...entry, ...(blocks && { blocks: [destinationOf(endpoint)] }) }]),
	);
	return {
		schema: { properties },
		validate: validator((name) => documentedName(name, endpoint)),
		read: (texts, text) => read({ local, named }, texts, text),
	};
}

const documentedName = (name: string, endpoint: string) => name.replace(`WEBHOOK_${endpoint.toUpperCase()}_`, 'WEBHOOK_NAME_');

/** The formats that read a setting. */
const readBy: Record<string, readonly FormatName[]> = {
	FIELDS: ['json', 'hubspot', 'form'],
	BODY: ['custom'],
	TITLE: ['teams', 'slack', 'googlechat'],
};

interface Place {
	local: boolean;
	named: (documented: string) => string;
}

function read(
	{ local, named }: Place,
	texts: Record<string, string | undefined>,
	text: (name: string) => string,
): ReadPart<WebhookSettings> {
	const problems: SettingProblem[] = [];
	const warnings: SettingProblem[] = [];
	const of = (part: string) => texts[named(`WEBHOOK_NAME_${part}`)];
	/** Reads one of them; it is left out when it is wrong. */
	function part<Value>(name: string, readIt: (text: string) => { value?: Value; problems: string[] }): Value | undefined {
		const written = of(name);
		if (written === undefined) return undefined;
		const setting = named(`WEBHOOK_NAME_${name}`);
		const nothing: { value?: Value } = {};
		const complaint = (problem: string) => ({ setting, problem });
		const unresolved = isUnresolved(written) ? unresolvedProblem : holdsReference(written) ? referenceWithin : undefined;
		const found = readOrComplain(
			setting,
			() => {
				const result = unresolved ? { problems: [unresolved] } : readIt(written);
				return { ...result, problems: result.problems.map(complaint) };
			},
			nothing,
		);
		problems.push(...found.problems);
		return found.problems.length > 0 ? undefined : found.value;
	}
	const url = part('URL', (written) => {
		const found = readUrl(written, local);
		if (!found.ok) return { problems: [found.problem] };
		warnings.push(...found.warnings.map((problem) => ({ setting: named('WEBHOOK_NAME_URL'), problem })));
		return { value: found.url, problems: [] };
	});
	const chosen = of('FORMAT') as FormatName | undefined;
	const format = chosen ?? (url === undefined ? 'standard' : usualFormat(new URL(url)));
	if (url !== undefined) warnings.push(...doubtFormat(url, format).map((problem) => ({ setting: named('WEBHOOK_NAME_URL'), problem })));
	const secrets = part('SECRET', readSecrets) ?? [];
	const authorization = part('AUTHORIZATION', (written) => readAuthorization(written, url));
	const headers = part('HEADERS', readHeaders) ?? {};
	const fields = part('FIELDS', readFields);
	const body = part('BODY', readBody);
	const title = part('TITLE', (written) => ({ value: written, problems: checkTemplate(written, 'text') }));
	const missing = (name: string, problem: string) => {
		const setting = named(`WEBHOOK_NAME_${name}`);
		if (!problems.some((found) => found.setting === setting)) problems.push({ setting, problem });
	};
	if (format === 'custom' && body === undefined) missing('BODY', 'is missing, and the format is custom');
	if (format === 'form' && url !== undefined && /\/servlet\.WebToLead/i.test(url) && !(fields && Object.hasOwn(fields, 'oid')))
		missing('FIELDS', 'has no field oid, without which Salesforce takes nothing and says nothing');
	if (format !== 'standard' && secrets.length > 0)
		warnings.push({ setting: named('WEBHOOK_NAME_SECRET'), problem: `signs nothing in the format ${format}` });
	for (const [name, formats] of Object.entries(readBy))
		if (of(name) !== undefined && !formats.includes(format))
			warnings.push({ setting: named(`WEBHOOK_NAME_${name}`), problem: `does nothing in the format ${format}` });
	return {
		own: {
			prefix: named('WEBHOOK_NAME_'),
			repeatable: formatTraits[format].repeatable,
			...(url !== undefined && { url }),
			format,
			formatIsUsual: chosen === undefined,
			secrets,
			...(authorization !== undefined && { authorization }),
			headers,
			...(fields && { fields }),
			...(body !== undefined && { body }),
			...(title !== undefined && { title }),
			timeoutMs: durationMs(text('WEBHOOK_TIMEOUT')) ?? 20_000,
			privateNetworks: toList(text('WEBHOOK_PRIVATE_NETWORKS')).flatMap((network) => {
				const range = toRange(network);
				return range ? [range] : [];
			}),
			locale: text('EMAIL_LOCALE'),
			timeZone: text('EMAIL_TIME_ZONE'),
		},
		problems,
		warnings,
	};
}

/** A signed URL of Microsoft's refuses every such header: 401 DirectApiAuthorizationRequired. */
function readAuthorization(text: string, url: string | undefined): { value?: string; problems: string[] } {
	if (/^authorization\s*:/i.test(text)) return { problems: ['begins with the name of the header: write only what stands behind it'] };
	if (/^(bearer|basic)$/i.test(text)) return { problems: ['is the name of a scheme alone: the token is missing behind it'] };
	if (!/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(text)) return { problems: ['is not one line of plain characters'] };
	const signed =
		url !== undefined && /(^|\.)(logic\.azure\.|.*powerplatform\.)/.test(new URL(url).hostname) && new URL(url).searchParams.has('sig');
	return signed
		? { problems: ['is refused together with a URL that has a signature (sig=): remove one of the two'] }
		: { value: text, problems: [] };
}

/**
 * What of the settings a text alone tells; the rest is said when they are read. By hand, because a compiled schema would be three times as long, and the intake
 * loads it.
 *
 * @param toDocumented the name of a setting in the schema
 */
function validator(toDocumented: (name: string) => string): Validate {
	const check: Validate = (texts) => {
		const [[name, text] = ['', '']] = Object.entries(texts as Record<string, string>);
		const error = textError(toDocumented(name), text);
		check.errors = error ? [{ ...error, instancePath: `/${name}` }] : null;
		return error === undefined;
	};
	return check;
}

function textError(name: string, text: string): Pick<SchemaError, 'keyword' | 'params'> | undefined {
	const { enum: words, format } = Object.fromEntries(entries)[name] ?? {};
	if (words && !words.includes(text)) return { keyword: 'enum', params: { instead: formatFor(text) } };
	const isWrong =
		format === 'duration'
			? durationMs(text) === undefined
			: name === 'WEBHOOK_PRIVATE_NETWORKS' && toList(text).some((network) => !toRange(network));
	return isWrong ? { keyword: 'format', params: { format: format ?? 'networks' } } : undefined;
}

/** Undefined for what is not an address range. */
function toRange(network: string): AddressRange | undefined {
	const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(network) ?? [];
	const family = isIP(address);
	return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128) ? [address, Number(bits)] : undefined;
}
