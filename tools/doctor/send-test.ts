import { randomUUID } from 'node:crypto';
import { type CheckLine, checkTimeoutMs, failure, ok, warning } from '../../shared/basics/check-line.ts';
import type { CheckDeps } from '../../shared/checks/check.ts';
import { causeCode } from '../../shared/destinations/http/request-end.ts';
import { isLeadId } from '../../shared/lead/lead-id.ts';
import { seenInSandbox } from './seen-in-sandbox.ts';
import { watchLead } from './watch-lead.ts';

export interface TestLead {
	/** Of the intake, with its key. */
	url: string;
	waitMs: number;
	/** Where mail and record are looked for, when they go to the sandbox. */
	sandboxUrl?: string;
	/** The storage account that was named, for the words. */
	account?: string;
}

export type SendTestDeps = Pick<CheckDeps, 'fetch' | 'clock' | 'deadline' | 'settings'> & {
	/** Undefined when the journal cannot be seen from here. */
	journal: CheckDeps['journal'] | undefined;
	pause: (ms: number) => Promise<void>;
};

const check = 'test lead';

/** Posts one lead that is marked as a test, and waits until the journal says that it was delivered. */
export async function sendTest(test: TestLead, deps: SendTestDeps): Promise<CheckLine[]> {
	const posted = await post(test, deps);
	if (!('leadId' in posted)) return [posted];
	const { leadId } = posted;
	const accepted = ok(check, `The intake accepted it as ${leadId}.`);
	const { journal } = deps;
	if (!journal)
		return [
			accepted,
			warning(check, 'It cannot be seen from here whether the lead was delivered.', `npm run leads -- show --account STORAGE ${leadId}`),
		];
	const lines = await watchLead(leadId, test, { ...deps, journal });
	const { sandboxUrl } = test;
	if (!sandboxUrl || lines.some(({ level }) => level !== 'ok')) return [accepted, ...lines];
	return [accepted, ...lines, ...(await seenInSandbox(leadId, sandboxUrl, deps))];
}

async function post({ url }: TestLead, { fetch, deadline }: SendTestDeps): Promise<{ leadId: string } | CheckLine> {
	let response: Response;
	let text: string;
	try {
		const headers = { 'content-type': 'application/json' };
		response = await fetch(url, {
			method: 'POST',
			headers,
			body: JSON.stringify(payload()),
			redirect: 'manual',
			signal: deadline(checkTimeoutMs * 4),
		});
		text = await response.text();
	} catch (error) {
		return failure(
			check,
			`The intake did not answer (${causeCode(error)}).`,
			'Check that the app runs (npm start, or portal: the function app > Overview) and that the URL is right.',
		);
	}
	const { status } = response;
	if (status === 401)
		return failure(
			check,
			'The intake does not accept the key of the URL (401).',
			'az functionapp function keys list -g GROUP -n APP --function-name LeadIntake',
		);
	if (status === 404)
		return failure(check, 'There is no intake at this URL (404).', 'It ends in /api/leads?code=…; is the app published (npm run package)?');
	const leadId = status === 202 ? leadIdIn(text) : undefined;
	return leadId
		? { leadId }
		: failure(check, `The intake answered ${status}, without a lead id.`, 'npm run doctor -- --live, or GET /api/health of the app');
}

/** As Partner Center's Validate button marks it; each is a lead of its own. */
function payload() {
	const name = `MSFT_TEST_doctor_${randomUUID().slice(0, 8)}`;
	return {
		UserDetails: {
			FirstName: name,
			LastName: name,
			Email: `${name}@example.com`,
			Phone: '1234567890',
			Country: 'US',
			Company: name,
			Title: name,
		},
		LeadSource: 'AzureMarketplace',
		ActionCode: 'INS',
		OfferTitle: 'Test lead of npm run doctor',
		Description: 'No one has asked for anything: this lead was sent to see whether leads arrive.',
	};
}

function leadIdIn(text: string): string | undefined {
	try {
		const { leadId } = JSON.parse(text) as { leadId?: unknown };
		return isLeadId(leadId) ? leadId : undefined;
	} catch {
		return undefined; // not ours
	}
}
