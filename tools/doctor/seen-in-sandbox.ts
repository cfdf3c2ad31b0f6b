import { type CheckLine, checkTimeoutMs, failure, ok } from '../../shared/basics/check-line.ts';
import type { SendTestDeps } from './send-test.ts';

const check = 'test lead';

/** What the sandbox shows of a stand-in: where, what people call it, and whether an entry is the lead's. */
interface Place {
	path: string;
	what: string;
	/** Whether several destinations have such a stand-in. */
	several?: boolean;
	page: string;
	isOf: (entry: Entry, leadId: string, address: string) => boolean;
}

const shown: Record<string, Place> = {
	graph: { path: '/mailbox.json', what: 'mail', page: 'its mailbox', isOf: ({ headers }, leadId) => headers?.['x-lead-id'] === leadId },
	webhook: {
		path: '/messages.json',
		what: 'message',
		several: true,
		page: 'its messages',
		isOf: ({ leadId, path }, id, address) => leadId === id && new URL(address).pathname === path,
	},
	dataverse: { path: '/crm.json', what: 'record', page: 'its leads', isOf: ({ leadid }, leadId) => leadid === leadId },
};

interface Entry {
	headers?: Record<string, string>;
	leadid?: string;
	leadId?: string;
	path?: string;
}

/** Looks for what was sent where the sandbox shows it; for a destination that leads elsewhere there is nothing to see here. */
export async function seenInSandbox(leadId: string, sandboxUrl: string, deps: SendTestDeps): Promise<CheckLine[]> {
	const { destinations, kinds, own } = deps.settings;
	const ask = async (path: string) => (await deps.fetch(sandboxUrl + path, { signal: deps.deadline(checkTimeoutMs) })).json();
	const lines: CheckLine[] = [];
	for (const { name, standIn } of kinds) {
		const place = shown[standIn.name];
		const address = standIn.address(own[name]);
		if (!place || !destinations.includes(name) || !address?.startsWith(sandboxUrl)) continue;
		const found = ((await ask(place.path)) as Entry[]).some((entry) => place.isOf(entry, leadId, address));
		const what = place.several ? `${place.what} of ${name}` : place.what;
		lines.push(
			found
				? ok(check, `The sandbox shows the ${what}.`)
				: failure(check, `The sandbox does not show the ${what}.`, `Look at ${place.page}.`),
		);
	}
	return lines;
}
