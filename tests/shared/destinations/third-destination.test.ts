import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCheckDeps } from '../../../shared/checks/open-check-deps.ts';
import { runChecks } from '../../../shared/checks/run-checks.ts';
import { destinationKinds } from '../../../shared/destinations/destination-kinds.ts';
import { previewLead } from '../../../shared/operate/preview-lead.ts';
import { openServices } from '../../../shared/services.ts';
import { readSettings } from '../../../shared/settings/read-settings.ts';
import { previewLines } from '../../../tools/preview/preview-lines.ts';
import { describeDestination } from '../../contract/destination.ts';
import { dummy } from '../../fixtures/destinations/dummy/dummy.ts';
import { loadedDummy } from '../../fixtures/destinations/dummy/load-dummy.ts';
import { type App, delivered, openApp, workingSettings } from '../../support/app.ts';
import { runTool } from '../../support/leads-tool.ts';
import { bytesOf, payload } from '../../support/payload.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

/** The one line that a third destination takes, besides its folder. */
const kinds = [...destinationKinds, dummy];

const rules = [{ when: { country: 'GB' }, choose: { destinations: ['email', 'dummy'], colour: 'blue' } }];
const settings = { ...workingSettings, DUMMY_URL: 'https://dummy.example', LEAD_ROUTES: JSON.stringify(rules) };
const signal = () => AbortSignal.timeout(20_000);

describeDestination('a third destination', {
	open: (url, getToken) => loadedDummy.open({ url }, { getToken, fetch }),
	openUnset: (getToken) => loadedDummy.open({}, { getToken, fetch }),
	success: { status: 204 },
	repeatable: true,
});

describe('a third destination, a folder and a line in the list', () => {
	let storage: TestStorage;
	let app: App;
	beforeAll(async () => {
		storage = await startTestStorage();
		app = await openApp(storage.connectionString, settings, kinds);
		app.behaviour.dummy = () => delivered;
	}, 30_000);
	afterAll(() => storage.stop());

	it('has settings that are read, checked and missed as the others are', () => {
		expect(readSettings(settings, kinds)).toMatchObject({
			own: { dummy: { url: 'https://dummy.example' } },
			issues: [{ setting: 'AzureWebJobsStorage' }],
		});
		const { issues } = readSettings(
			{ LEAD_DESTINATIONS: 'dummi', DUMMY_URL: 'nowhere', AzureWebJobsStorage: 'UseDevelopmentStorage=true' },
			kinds,
		);
		expect(issues.map(({ setting, problem, allowed }) => `${setting} ${problem}; allowed: ${allowed}`)).toEqual([
			'DUMMY_URL is not valid; allowed: a URL',
			'LEAD_DESTINATIONS holds a name (number 1) that is not a destination; did you mean dummy?; allowed: any of email, crm and dummy, separated by ; or ,',
		]);
		expect(readSettings({ LEAD_DESTINATIONS: 'dummy' }, kinds).issues).toContainEqual(
			expect.objectContaining({ setting: 'DUMMY_URL', problem: 'is missing' }),
		);
	});

	it('has choices that rules may make and that are complained about in the same words', () => {
		const wrong = [
			{ when: {}, choose: { destinations: ['dumy'], colour: 5 } },
			{ when: {}, choose: { destinations: ['email'], colour: 'red' } },
		];
		const { issues, warnings } = readSettings({ ...settings, LEAD_ROUTES: JSON.stringify(wrong) }, kinds);
		expect(issues.map(({ problem }) => problem)).toEqual(
			expect.arrayContaining([
				'rule 1: `choose.destinations` (number 1) is not valid; did you mean `dummy`?',
				'rule 1: `choose.colour` is a number; allowed: a colour',
			]),
		);
		expect(warnings.map(({ problem }) => problem)).toContain(
			'rule 2: `choose.colour` changes nothing, because `choose.destinations` leaves dummy out',
		);
	});

	it('is routed to by a rule, delivered to, and shown by the leads tool', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		expect(app.calls.map(({ destination, request }) => [destination, request.choice?.colour, request.recordUrl])).toEqual([
			['email', 'blue', `https://dummy.example/${leadId}`],
			['dummy', 'blue', `https://dummy.example/${leadId}`],
		]);
		expect((await app.find(leadId))?.deliveries.dummy).toMatchObject({ state: 'delivered' });
		const destinations = kinds.map(({ name }) => name);
		expect((await runTool(app, `show ${leadId}`, undefined, destinations)).out).toMatch(/^dummy\b.*delivered/m);
		expect((await runTool(app, 'list --destination dummy --json', undefined, destinations)).out).toContain(leadId);
		expect((await runTool(app, 'export --format csv', undefined, destinations)).out).toContain('dummyState');
	});

	it('is counted when a lead is erased', async () => {
		const leadId = await app.post();
		await app.deliver(leadId);
		await runTool(app, `erase ${leadId} --yes`, undefined, ['email', 'crm', 'dummy']);
		const day = new Date(app.now).toISOString().slice(0, 10);
		const [counted] = await (await app.services.journal()).counts({ first: day, last: day }, signal());
		expect(counted?.counts).toMatchObject({ received: 1, email: 1, dummy: 1 });
	});

	it('is previewed', async () => {
		const made = await previewLead(bytesOf(payload()), readSettings(settings, kinds), {
			now: app.now,
			note: () => undefined,
			signal: signal(),
		});
		if (!made.ok) throw new Error('refused');
		expect(Object.keys(made.sent)).toEqual(['email', 'dummy']);
		expect(previewLines(made).join('\n')).toContain('Dummy      https://dummy.example {"leadId"');
	});

	it('is looked at by doctor when it is used, and not otherwise', async () => {
		const checksOf = async (environment: Record<string, string>) => {
			const deps = openCheckDeps(environment, openServices(environment, kinds));
			const lines = await runChecks(
				{ ...deps, tokensOf: () => async () => 'token', fetch: async () => new Response(null, { status: 503 }) },
				{ live: true },
			);
			return lines.filter(({ check }) => check === 'dummy').map(({ message }) => message);
		};
		expect(await checksOf({ ...settings, AzureWebJobsStorage: storage.connectionString })).toEqual(['It is set.']);
		expect(await checksOf({ ...workingSettings, AzureWebJobsStorage: storage.connectionString })).toEqual([]);
	});
});
