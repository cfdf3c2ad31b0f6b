import { stripVTControlCharacters } from 'node:util';
import { cooldownReasons } from '../../shared/delivery/cooldown.ts';
import { type Event, readEvent } from '../cooldowns/read-event.ts';
import type { WorkerLog } from '../runner/worker-message.ts';

/** A line for the terminal. */
export interface HumanLine {
	text: string;
	level: 'info' | 'good' | 'warn' | 'error';
}

/** As people say it: `0.4 s`, `45 s`, `15 min`, `2 h`. */
function duration(given: unknown): string {
	const ms = Number(given);
	if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
	if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
	return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
/** `14:05:07`, UTC: as on the board and in the journal. */
export const clockTime = (time: unknown) => new Date(String(time)).toLocaleTimeString('en-GB', { timeZone: 'UTC' });
const list = (values: unknown) => (Array.isArray(values) ? values.join(', ') : String(values));

/** A setting or a permission of `misconfigured`, and what is wrong with it. */
function trouble(name: unknown): string {
	const [, what, table] = /^(.+?)(?: on (.+))? for AZURE_CLIENT_ID$/.exec(String(name)) ?? [];
	if (table) return `the identity AZURE_CLIENT_ID lacks the privileges ${what} on the table ${table}`;
	return what ? `the identity AZURE_CLIENT_ID lacks: ${what}` : `check ${name}`;
}

/** What a person is told of the events of the log; one that is missing here is told by its name and members. */
const sentences: Record<string, (event: Event) => string | undefined> = {
	'lead.accepted': ({ leadId, spilled, failed }) =>
		`lead ${leadId} accepted${spilled ? `; it waits in the spill, because the journal cannot be written (${list(failed)})` : ''}`,
	'lead.duplicate': ({ leadId }) => `lead ${leadId} posted again: a duplicate, not delivered again`,
	'lead.rejected': ({ id, status, issues }) => `payload ${id} rejected with ${status}: ${issues === 1 ? '1 issue' : `${issues} issues`}`,
	'lead.unaccepted': ({ id, failed }) => `payload ${id} refused with 503: nothing can be stored (${list(failed)})`,
	'delivery.attempted': ({ leadId, destination, attempt, outcome, code, tookMs, sinceReceivedMs, dueInMs }) =>
		outcome === 'delivered'
			? `lead ${leadId} delivered to ${destination} (attempt ${attempt}, ${tookMs} ms, ${duration(sinceReceivedMs)} after it was posted)`
			: `lead ${leadId} not delivered to ${destination}: ${outcome}, ${code} (attempt ${attempt})${dueInMs === undefined ? '' : `; next attempt in ${duration(dueInMs)}`}`,
	'delivery.parked': ({ leadId, destination, code }) =>
		`lead ${leadId} parked for ${destination} (${code}): someone must decide (npm run leads -- show ${leadId})`,
	'delivery.postponed': ({ leadId, destination, until, why, code }) =>
		`lead ${leadId} waits: ${destination} is paused until ${clockTime(until)}, because ${cooldownReasons[String(why)] ?? why} (${code})`,
	'delivery.resumed': ({ leadId, destination, code }) =>
		`lead ${leadId} is no longer parked for ${destination}: several leads in a row were refused for the same reason (${code})`,
	'delivery.misconfigured': ({ names, destination, code, problem, allowed }) =>
		problem ? `${list(names)} ${problem}; allowed: ${allowed}` : `${destination}: ${[names].flat().map(trouble).join('; ')} (${code})`,
	'journal.checked': ({ event: _, misconfigured, oldestPendingMs, lastLeadAt, ...counts }) => {
		const waiting = Object.entries(counts).filter(([, count]) => typeof count === 'number' && count > 0);
		return waiting.length > 0 ? `journal: ${waiting.map(([name, count]) => `${count} ${name}`).join(', ')}` : undefined;
	},
};

/** Text of others as it may be shown: without what could act on a terminal, or reverse what a reader sees. */
export const harmless = (text: string): string => stripVTControlCharacters(text).replace(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu, '');

/** Says a log line in words; undefined when it is not worth a line. */
export function toHumanLine({ level, message }: WorkerLog): HumanLine | undefined {
	const event = readEvent(message);
	const text = event ? (sentences[event.event] ?? inNames)(event) : message;
	if (text === undefined) return undefined;
	const good = event?.event === 'delivery.attempted' && event.outcome === 'delivered';
	return {
		text: harmless(text),
		level: level === 'error' || level === 'critical' ? 'error' : level === 'warning' ? 'warn' : good ? 'good' : 'info',
	};
}

const inNames = ({ event, ...members }: Event) =>
	[event, ...Object.entries(members).map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)].join(
		' ',
	);
