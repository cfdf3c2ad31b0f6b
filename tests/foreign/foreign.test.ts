import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCrontab } from '../../host/ncrontab.ts';
import { timeSpanMs } from '../../host/time-span.ts';
import { nextByCrontab } from '../../host/timer-schedule.ts';
import { type GraphType, messageType } from '../../sandbox/graph/message-type.ts';
import { composeMail } from '../../shared/destinations/email/compose-mail.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import { deliveryRequest, requestOfFixture } from '../support/delivery-request.ts';
import { leadFixtureNames } from '../support/lead-fixtures.ts';
import { ask, canAsk, readTable } from './ask-foreign.ts';

interface Schedule {
	schedule: string;
	refused?: true;
	/** Its next three times after this one. */
	next?: string[];
}
interface Span {
	text: string;
	refused?: true;
	ms?: number;
}
interface Body {
	body: string;
	taken?: true;
	refused?: string;
}
interface Mail {
	mail: string;
	request: object;
	/** Members that the models do not know. */
	unknown?: string[];
	sameAfterReading?: boolean;
}

/** A request of the mail as it is sent, but for what is only text. */
function shapeOf(request: Parameters<typeof composeMail>[0]): object {
	const settings = { to: ['sales@contoso.com'], cc: ['alliances@contoso.com'], locale: 'en-GB', timeZone: 'UTC' };
	const { message } = composeMail(request, settings);
	const isText = new Set(['content', 'subject', 'address', 'name', 'value']);
	return JSON.parse(
		JSON.stringify({ message, saveToSentItems: true }, (name, value) => (isText.has(name) && typeof value === 'string' ? 'text' : value)),
	);
}

/** Every shape that a mail of a sample has, once, under the first sample that has it. */
function mailShapes(): Mail[] {
	const requests = [
		...leadFixtureNames.toSorted().map((name) => [name, requestOfFixture(name)] as const),
		['an action of a known person', deliveryRequest()] as const,
	];
	const shapes = new Map<string, Mail>();
	for (const [mail, lead] of requests) {
		const request = shapeOf(lead);
		const key = JSON.stringify(request);
		if (!shapes.has(key)) shapes.set(key, { mail, request });
	}
	return [...shapes.values()];
}

/** The members of each type that the stand-in knows. */
const typesOfGraph = (type: GraphType): Record<string, object> =>
	type.is === 'list'
		? typesOfGraph(type.of)
		: type.is === 'object'
			? Object.assign({ [type.name]: type.properties }, ...Object.values(type.properties).map(typesOfGraph))
			: {};

const from = Date.parse('2026-02-27T23:59:58Z');

/** What the app and the runner make of a schedule, in the words of the table. */
function toSchedule(schedule: string): Schedule {
	const crontab = readCrontab(schedule)?.crontab;
	if (!crontab) return { schedule, refused: true };
	const next: string[] = [];
	for (let time: number | undefined = from; next.length < 3; ) {
		time = nextByCrontab(crontab, time);
		if (time === undefined) break;
		next.push(new Date(time).toISOString().slice(0, 19));
	}
	return { schedule, next };
}

function toSpan(text: string): Span {
	const ms = timeSpanMs(text);
	return ms === undefined ? { text, refused: true } : { text, ms };
}

describe('what others make of it', () => {
	it('schedules are refused, and come, as the library of WebJobs timers says', () => {
		const { asked, rows } = readTable<Schedule>('schedules');
		expect(asked).toBe('NCrontab.Signed 3.4.0');
		expect(rows.length).toBeGreaterThanOrEqual(500);
		expect(rows.map(({ schedule }) => toSchedule(schedule))).toEqual(rows);
	});

	it('time spans are read as .NET reads them', () => {
		const { rows } = readTable<Span>('time-spans');
		// Below a millisecond there is nothing to wait for.
		const whole = ({ ms, ...row }: Span) => ({ ...row, ...(ms !== undefined && { ms: Math.trunc(ms) }) });
		expect(rows.map(({ text }) => whole(toSpan(text)))).toEqual(rows.map(whole));
	});

	it('the request of every kind of mail is one that the models of Microsoft Graph know, and write as they read it', () => {
		const { rows } = readTable<Mail>('graph-mails');
		for (const row of rows) expect(row).toMatchObject({ unknown: [], sameAfterReading: true });
		expect(rows.map(({ request }) => request)).toEqual(mailShapes().map(({ request }) => request));
	});
});

describe('the stand-in for Microsoft Graph', () => {
	it.each(readTable<{ model: string; members: string[] }>('graph-members').rows)(
		'knows the members of $model, and no others',
		({ model, members }) => {
			expect(Object.keys(typesOfGraph(messageType)[model] ?? {}).toSorted()).toEqual(members);
		},
	);
});

describe('the stand-in for Dataverse', () => {
	let sandbox: Awaited<ReturnType<typeof openSandbox>>;
	beforeAll(async () => {
		sandbox = await openSandbox();
	});
	afterAll(() => sandbox.close());

	/** Where the stand-in is stricter than OData, and why. */
	const stricter: [RegExp, string][] = [
		[/^\{'|^\{subject/, 'JSON in single quotes, or none'],
		[/"(leadsourcecode|numberofemployees)":"|"donotemail":"true"/, 'a number or a boolean as text'],
		[/"overriddencreatedon":"(0001| )|\.12345678Z/, 'a time before 1753, with a blank, or finer than .NET counts'],
		[/2028-/, 'a record from the future'],
		[/\\ud83d"/, 'half a character'],
		[/"ownerid(@odata\.bind)?":("systemusers|""|null)/, 'a link that Dataverse documents otherwise'],
		[/"leadid":"(\{|[0-9a-f]{32}")/, 'a GUID in another form'],
		[/@odata\.type|@custom\.note|@odata\.context/, 'annotations that the app never sends'],
	];

	it('refuses every body that OData refuses, and takes what it takes but for what is listed', async () => {
		const { rows } = readTable<Body>('odata');
		const answers = await Promise.all(
			rows.map(async ({ body }): Promise<[string, boolean]> => {
				const { status } = await sandbox.dataverse('leads', { method: 'POST', body: body === '' ? ' ' : body });
				return [body, status < 300];
			}),
		);
		const taken = new Map(answers);
		expect(rows.filter((row) => row.refused && taken.get(row.body)).map(({ body }) => body)).toEqual([]);
		const refusedHere = rows.filter((row) => row.taken && !taken.get(row.body)).map(({ body }) => body);
		expect(refusedHere.filter((body) => !stricter.some(([pattern]) => pattern.test(body)))).toEqual([]);
	});
});

const describeAsked = canAsk ? describe : describe.skip;

describeAsked('the kept answers, asked again (dotnet restore tests/foreign)', () => {
	it.each(['schedules', 'time-spans', 'odata', 'graph-members'])(
		'are those of %s',
		async (name) => {
			const kept = readTable<object>(name);
			expect(await ask(name, kept.rows)).toEqual(kept);
		},
		120_000,
	);

	it('are those of graph-mails, for the mails of today', async () => {
		const asked = await ask('graph-mails', mailShapes());
		expect(asked).toEqual(readTable('graph-mails'));
	}, 120_000);
});
