import { checkTemplate } from '../../templates/check-template.ts';

/** What was read of a setting, or what is wrong with it: sentences that go on from the setting's name. */
interface ReadText<Value> {
	value?: Value;
	problems: string[];
}

const [leastKey, mostKey, mostKeys] = [24, 64, 10];

/** `whsec_` and base64, as Standard Webhooks writes its symmetric keys: the bytes behind it are the key, not its text. */
export function readSecrets(text: string): ReadText<Buffer[]> {
	const keys = text.split(/[\s,;]+/).filter(Boolean);
	const secrets: Buffer[] = [];
	for (const [index, key] of keys.entries()) {
		const number = keys.length > 1 ? ` (number ${index + 1})` : '';
		if (/^whsk_|^whpk_/.test(key)) return { problems: [`holds an asymmetric key${number}, which is not supported`] };
		const [, base64 = ''] = /^whsec_([A-Za-z\d+/_-]+={0,2})$/.exec(key) ?? [];
		const bytes = Buffer.from(base64, 'base64');
		// One character more than whole groups of four holds no byte: something was cut off.
		const isCut = base64.replace(/=+$/, '').length % 4 === 1;
		if (base64 === '' || isCut || bytes.length < leastKey || bytes.length > mostKey)
			return { problems: [`holds a secret${number} that is not whsec_ and ${leastKey} to ${mostKey} bytes in base64`] };
		secrets.push(bytes);
	}
	return keys.length > mostKeys ? { problems: [`holds more than ${mostKeys} secrets`] } : { value: secrets, problems: [] };
}

/** Ours, the connection's, and those that would make another request of it. */
const reserved =
	/^(content-.*|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|http2-settings|expect|user-agent|accept-encoding|webhook-.*|proxy-.*|x-lead-id|idempotency-key|authorization)$/;
const mostHeaders = 20;

export function readHeaders(text: string): ReadText<Record<string, string>> {
	const read = readObject(text);
	if (!read.value) return { problems: read.problems };
	const headers: Record<string, string> = {};
	const problems: string[] = [];
	for (const [name, value] of Object.entries(read.value)) {
		const lower = name.toLowerCase();
		if (!/^[!#$%&'*+.^_`|~\da-z-]{1,100}$/.test(lower) || lower === '__proto__') problems.push('holds a name that no header can have');
		else if (lower === 'authorization') problems.push('holds authorization, which has a setting of its own: …_AUTHORIZATION');
		else if (reserved.test(lower)) problems.push(`holds ${lower}, which the app sets itself`);
		else if (typeof value !== 'string' || !/^[\t\x20-\x7e]{0,2000}$/.test(value))
			problems.push(`holds no plain text of one line for ${lower}`);
		else if (Object.hasOwn(headers, lower)) problems.push(`holds ${lower} more than once`);
		else headers[lower] = value;
	}
	if (Object.keys(read.value).length > mostHeaders) problems.push(`holds more than ${mostHeaders} headers`);
	return { value: headers, problems };
}

const mostFields = 100;

export function readFields(text: string): ReadText<Record<string, string>> {
	const read = readObject(text);
	if (!read.value) return { problems: read.problems };
	const fields: Record<string, string> = {};
	const problems: string[] = [];
	for (const [name, value] of Object.entries(read.value)) {
		if (!isFieldName(name)) problems.push('holds a field without a usable name');
		else if (typeof value !== 'string') problems.push(`gives ${shorten(name)} something that is not text: write it in quotes`);
		else {
			problems.push(...checkTemplate(value, 'text').map((problem) => `${problem} (in ${shorten(name)})`));
			fields[name] = value;
		}
	}
	if (Object.keys(fields).length > mostFields) problems.push(`holds more than ${mostFields} fields`);
	if (problems.length === 0 && Object.keys(fields).length === 0) problems.push('holds no field');
	return { value: fields, problems };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const isFieldName = (name: string) => name.trim() !== '' && name.length <= 200 && !/[\x00-\x1f\x7f]/.test(name) && name !== '__proto__';

const [deepest, mostValues] = [20, 1000];

/** JSON whose strings are templates. */
export function readBody(text: string): ReadText<unknown> {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return { problems: ['is not JSON'] };
	}
	if (typeof body !== 'object' || body === null) return { problems: ['is not a JSON object or list'] };
	const problems: string[] = [];
	let values = 0;
	const visit = (value: unknown, path: string, depth: number): void => {
		if (++values > mostValues || depth > deepest) return;
		if (typeof value === 'string') problems.push(...checkTemplate(value, 'text').map((problem) => `${problem} (at ${path || '/'})`));
		else if (typeof value === 'object' && value !== null)
			for (const [name, inner] of Object.entries(value)) {
				if (name === '__proto__') problems.push('holds a member __proto__');
				visit(inner, `${path}/${shorten(name)}`, depth + 1);
			}
		if (depth === deepest && typeof value === 'object' && value !== null) problems.push(`is nested more than ${deepest} levels deep`);
	};
	visit(body, '', 0);
	if (values > mostValues) problems.push(`holds more than ${mostValues} values`);
	return { value: body, problems: [...new Set(problems)] };
}

function readObject(text: string): ReadText<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			return { value: value as Record<string, unknown>, problems: [] };
		return { problems: ['is not a JSON object'] };
	} catch {
		return { problems: ['is not JSON'] };
	}
}

const shorten = (name: string) => (name.length > 40 ? `${name.slice(0, 40).toWellFormed()}…` : name);
