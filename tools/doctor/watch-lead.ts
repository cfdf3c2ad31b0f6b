import { type CheckLine, checkTimeoutMs, failure, warning } from '../../shared/basics/check-line.ts';
import { codeOf } from '../../shared/basics/failures.ts';
import type { CheckDeps } from '../../shared/checks/check.ts';
import type { Cooldown } from '../../shared/delivery/cooldown.ts';
import { namesOf } from '../../shared/delivery/destination-kind.ts';
import type { JournaledLead } from '../../shared/journal/entries.ts';
import { deliveryLine } from './delivery-line.ts';
import type { SendTestDeps, TestLead } from './send-test.ts';

type WatchLeadDeps = SendTestDeps & Pick<CheckDeps, 'journal'>;

const everyMs = 500;
const check = 'test lead';

/** Looks at a lead in the journal until its deliveries have ended or the time is over: a line for each. */
export async function watchLead(
	leadId: string,
	{ waitMs, account }: TestLead,
	{ journal, settings, clock, deadline, pause }: WatchLeadDeps,
): Promise<CheckLine[]> {
	const place = account ? `--account ${account} ` : '';
	const show = `npm run leads -- show ${place}${leadId}`;
	const end = clock() + waitMs;
	let lead: JournaledLead | undefined;
	const cooldowns = new Map<string, Cooldown>();
	try {
		const table = await journal();
		for (;;) {
			lead = await table.find(leadId, deadline(checkTimeoutMs));
			if ((lead && isSettled(lead)) || clock() >= end) break;
			await pause(everyMs);
		}
		for (const name of namesOf(settings.kinds)) {
			const { cooldown } = (await table.readCooldown(name, deadline(checkTimeoutMs))) ?? {};
			if (cooldown && cooldown.until > clock()) cooldowns.set(name, cooldown);
		}
	} catch (error) {
		return [
			failure(
				check,
				`The journal cannot be read (${codeOf(error)}).`,
				account ? 'az login, as one of the operators in infra/main.bicepparam' : 'npm run doctor -- --live',
			),
		];
	}
	if (!lead) return [failure(check, 'It is not in this journal.', 'Name the storage account of the app at that URL: --account NAME')];
	if (lead.undecided)
		return [
			failure(
				check,
				'It is undecided: LEAD_DESTINATIONS is missing or wrong.',
				'Fix LEAD_DESTINATIONS (docs/settings.md); the next sweep then delivers it.',
			),
		];
	if (lead.journalOnly)
		return [
			warning(
				check,
				`It stays in the journal (${lead.journalOnly}): a setting or a rule keeps it there.`,
				'Set LEAD_TEST_POLICY to deliver, or fix LEAD_ROUTES.',
			),
		];
	const { receivedAt } = lead;
	return Object.entries(lead.deliveries).map(([name, delivery]) =>
		deliveryLine(name, delivery, {
			receivedAt,
			waitMs,
			cooldown: cooldowns.get(name),
			show,
			retry: `npm run leads -- retry ${place}--destination ${name}`,
		}),
	);
}

/** Nothing more is to be waited for. */
const isSettled = ({ undecided, deliveries }: JournaledLead) =>
	undecided || Object.values(deliveries).every(({ state }) => state !== 'pending');
