import { randomUUID } from 'node:crypto';
import { emptyApp } from '../../sandbox/runner/app.ts';
import { loadApp } from '../../sandbox/runner/load-app.ts';
import { supplyCoreModule } from '../../sandbox/runner/supply-core-module.ts';
import { leadPayload } from '../lead-payload.ts';

export interface BareIntakeOptions {
	/** The folder of the build. */
	app: string;
	/** The app settings. */
	settings: Record<string, string>;
	/** Leads to warm up with, and to measure, at so many connections; of each its own. */
	loads: { connections: number; first: number; next: number }[];
}

export interface BareIntakeCost {
	/** Of the processor, to load the app. */
	loadMs: number;
	/** Of the processor, a lead: of the first ones of the process, and of the next. */
	loads: { firstMs: number; nextMs: number }[];
}

/** What the handler of the intake asks of a request and its context: each build is given the same. */
function call(handler: (...parameters: unknown[]) => unknown, number: number): Promise<{ status?: number }> {
	const body = Buffer.from(leadPayload(number));
	const headers = new Headers({ 'content-type': 'application/json', 'content-length': String(body.length) });
	const request = {
		method: 'POST',
		url: 'http://127.0.0.1/api/leads',
		headers,
		query: new URLSearchParams(),
		params: {},
		body: chunks(body),
	};
	const silent = () => undefined;
	const context = {
		invocationId: randomUUID(),
		functionName: 'LeadIntake',
		log: silent,
		trace: silent,
		debug: silent,
		info: silent,
		warn: silent,
		error: silent,
	};
	return Promise.resolve(handler(request, context) as { status?: number });
}

async function* chunks(body: Uint8Array): AsyncGenerator<Uint8Array> {
	yield body;
}

/** A build's own intake, as it registers it, without the host and its HTTP: for a process that does nothing else. Throws unless every lead is accepted. */
export async function bareIntake({ app: folder, settings, loads }: BareIntakeOptions): Promise<BareIntakeCost> {
	Object.assign(process.env, settings);
	const app = emptyApp();
	supplyCoreModule(app, () => undefined);
	const beforeLoad = process.cpuUsage();
	await loadApp(app, folder);
	const loadMs = since(beforeLoad);
	const handler = app.functions.get('LeadIntake')?.callback;
	if (!handler) throw new Error('the app has no function LeadIntake');
	let number = 0;
	const run = async (connections: number, leads: number): Promise<number> => {
		const last = number + leads;
		const before = process.cpuUsage();
		const next = async () => {
			while (number < last) {
				const { status } = await call(handler, ++number);
				if (status !== 202) throw new Error(`the intake answered ${status}`);
			}
		};
		await Promise.all(Array.from({ length: connections }, next));
		return since(before) / leads;
	};
	const costs: BareIntakeCost['loads'] = [];
	for (const { connections, first, next } of loads)
		costs.push({ firstMs: await run(connections, first), nextMs: await run(connections, next) });
	return { loadMs, loads: costs };
}

function since(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
