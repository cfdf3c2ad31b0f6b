import { type ServiceName, serviceNames } from '../sandbox-env.ts';
import type { Fault, FaultReading } from './fault.ts';

const connectionKinds = ['hang', 'reset', 'lostAnswer'] as const;
type ConnectionKind = (typeof connectionKinds)[number];
const isConnectionKind = (kind: unknown): kind is ConnectionKind => connectionKinds.some((known) => known === kind);
const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const between = (value: unknown, least: number, most: number): value is number =>
	typeof value === 'number' && value >= least && value <= most;
const isWhole = (value: unknown, least: number, most: number): value is number => Number.isInteger(value) && between(value, least, most);

const redirects = [301, 302, 303, 307, 308];
const environmentKinds = ['secured', 'lacks', 'disabledUser'] as const;
const isNames = (value: unknown): value is string[] =>
	Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');

/** Reads the body of `PUT /faults`; what is wrong is said together, and then nothing of it is done. */
export function readFaults(body: Record<string, unknown> | undefined): FaultReading {
	if (!body) return { ok: false, issues: ['the body is not a JSON object'] };
	const issues: string[] = [];
	const faults: Partial<Record<ServiceName, Fault | null>> = {};
	for (const [name, value] of Object.entries(body)) {
		const service = serviceNames.find((known) => known === name);
		if (!service) issues.push(`${name} is not a service`);
		else {
			const complain = (what: string) => issues.push(`${name}: ${what}`);
			const fault = value === null ? null : readFault(value, service, complain);
			if (fault !== undefined) faults[service] = fault;
		}
	}
	return issues.length > 0 ? { ok: false, issues } : { ok: true, faults };
}

function readFault(value: unknown, service: ServiceName, complain: (what: string) => void): Fault | undefined {
	if (isConnectionKind(value)) return { kind: value, share: 1 };
	if (!isObject(value)) return void complain('is not a fault');
	const {
		kind = 'status',
		share = 1,
		count,
		hook,
		status,
		seconds,
		columns,
		privileges,
		retryAfterSeconds,
		code,
		body,
		...unknown
	} = value;
	const before = [
		Object.keys(unknown).length === 0 || `${Object.keys(unknown).join(', ')} is not known`,
		between(share, 0, 1) || 'share is not a number from 0 to 1',
		count === undefined || isWhole(count, 1, Number.MAX_SAFE_INTEGER) || 'count is not a whole number of 1 or more',
		hook === undefined ||
			(service === 'webhook' && typeof hook === 'string' && hook !== '') ||
			'hook is not the name of a hook, or not known here',
	].filter((issue) => typeof issue === 'string');
	const isOfEnvironment = service === 'dataverse' && environmentKinds.some((known) => known === kind);
	if (!isOfEnvironment && (columns ?? privileges) !== undefined) before.push('columns and privileges are not known here');
	for (const issue of before) complain(issue);
	const odds = {
		share: share as number,
		...(count !== undefined && { count: count as number }),
		...(hook !== undefined && { hook: hook as string }),
	};
	if (isConnectionKind(kind)) return before.length > 0 ? undefined : { kind, ...odds };
	if (kind === 'slow')
		return between(seconds, 0, 600) ? { kind, seconds, ...odds } : void complain('seconds is not a number from 0 to 600');
	if (isOfEnvironment && before.length === 0) {
		if (kind === 'disabledUser') return { kind, ...odds };
		if (kind === 'secured') return isNames(columns) ? { kind, columns, ...odds } : void complain('columns is not a list of names');
		if (kind === 'lacks') return isNames(privileges) ? { kind, privileges, ...odds } : void complain('privileges is not a list of names');
	}
	if (kind === 'dates' && service === 'identity') return before.length > 0 ? undefined : { kind, ...odds };
	if (service === 'webhook' && (kind === 'cut' || kind === 'endless' || kind === 'exception'))
		return before.length > 0 ? undefined : { kind, ...odds };
	if (kind === 'redirect' && service === 'webhook') {
		const { value = 302 } = { value: status };
		if (!redirects.some((known) => known === value)) return void complain(`status is none of ${redirects.join(', ')}`);
		return before.length > 0 ? undefined : { kind, status: value as number, ...odds };
	}
	if (kind !== 'status') return void complain('kind is not known');
	const issues = [
		isWhole(status, 400, 599) || 'status is not a whole number from 400 to 599',
		retryAfterSeconds === undefined || between(retryAfterSeconds, 0, 1e9) || 'retryAfterSeconds is not a number of 0 or more',
		code === undefined || typeof code === 'string' || 'code is not text',
		body === undefined || typeof body === 'string' || isObject(body) || 'body is neither text nor an object',
	].filter((issue) => typeof issue === 'string');
	for (const issue of issues) complain(issue);
	return {
		kind,
		status: status as number,
		...(retryAfterSeconds !== undefined && { retryAfterSeconds: retryAfterSeconds as number }),
		...(code !== undefined && { code: code as string }),
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		...odds,
	};
}
