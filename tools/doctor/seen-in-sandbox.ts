import { type CheckLine, checkTimeoutMs, failure, ok } from '../../shared/checks/check.ts';
import type { SendMeans } from './send-test.ts';

const check = 'test lead';

/** Looks for mail and record where the sandbox shows them; for a destination that leads elsewhere there is nothing to see here. */
export async function seenInSandbox(leadId: string, sandboxUrl: string, means: SendMeans): Promise<CheckLine[]> {
	const { destinations, email, crm } = means.settings;
	const ask = async (path: string) => (await means.fetch(sandboxUrl + path, { signal: means.deadline(checkTimeoutMs) })).json();
	const lines: CheckLine[] = [];
	const say = (found: boolean, what: string, page: string) =>
		lines.push(
			found ? ok(check, `The sandbox shows the ${what}.`) : failure(check, `The sandbox does not show the ${what}.`, `Look at ${page}.`),
		);
	if (destinations.includes('email') && email.graphBaseUrl.startsWith(sandboxUrl)) {
		const mails = (await ask('/mailbox.json')) as { headers: Record<string, string> }[];
		say(
			mails.some(({ headers }) => headers['x-lead-id'] === leadId),
			'mail',
			'its mailbox',
		);
	}
	if (destinations.includes('crm') && crm.url === sandboxUrl) {
		const records = (await ask('/crm.json')) as { leadid: string }[];
		say(
			records.some(({ leadid }) => leadid === leadId),
			'record',
			'its leads',
		);
	}
	return lines;
}
