import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { replayDelivery } from '../../shared/delivery/replay-delivery.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import { replayLead } from '../../shared/operate/replay-lead.ts';
import { replayRejection } from '../../shared/operate/replay-rejection.ts';
import type { Which } from '../../shared/operate/step-deliveries.ts';
import { timeText } from '../../shared/operate/time-words.ts';
import { readSettings } from '../../shared/settings/read-settings.ts';
import { actOn, type Target } from './act-on.ts';
import type { Consent } from './agree.ts';
import { type ExitCode, exitCodes, type LeadsToolDeps } from './leads-tool-deps.ts';
import { printableLine } from './printable.ts';

/**
 * This tool does not know the app's settings: a rejected payload that is a lead now is accepted undecided, with everything deliverable, and the app's own
 * sweep decides where it goes.
 */
const undecidedSettings = () => readSettings({ LEAD_TEST_POLICY: 'deliver', LEAD_DNC_POLICY: 'deliver' });

/** `leads replay`: what is parked is pending again, what was rejected is read again. With `again`, also what was delivered or closed. */
export async function replayLeads(
	target: Target,
	which: Which,
	{ again, ...consent }: Consent & { again: boolean },
	deps: LeadsToolDeps,
): Promise<ExitCode> {
	const exitCode = await actOn(
		{
			target,
			which,
			consent,
			action: {
				verb: 'replay',
				done: 'replayed',
				possible: (delivery) => replayDelivery(delivery, { now: deps.clock(), again }).ok,
				lead: (leadId) => replayLead(leadId, { ...which, again }, deps),
				refusal: (why, { leadId, destination }) =>
					why === 'pending'
						? `is pending already: npm run leads -- retry ${leadId} --destination ${destination} tries it now`
						: why === 'unreadable'
							? 'cannot be read by this version'
							: `is ${why}: add --again to replay it anyway`,
				rejection: async ({ id }) => {
					const rereading = await replayRejection(id, { ...deps, settings: undecidedSettings() });
					if (!rereading) return { ok: false, why: 'is gone' };
					if (!rereading.ok) return { ok: false, why: `is still not a lead: ${rereading.issues.map(issueText).join(' ')}` };
					const { status, leadId } = rereading.acceptance;
					return { ok: true, as: status === 'accepted' ? 'accepted; the next sweep delivers it' : `a duplicate of ${leadId}` };
				},
			},
		},
		deps,
	);
	if (exitCode === exitCodes.done && !consent.dryRun) await noteCooldowns(which, deps);
	return exitCode;
}

/** What is replayed to a destination that rests only waits. */
async function noteCooldowns({ destination }: Which, { journal, clock, deadline, terminal, destinations }: LeadsToolDeps): Promise<void> {
	for (const name of destination ? [destination] : destinations) {
		const cooldown = (await (await journal()).readCooldown(name, deadline(storageTimeoutMs.list)))?.cooldown;
		if (cooldown && cooldown.until > clock())
			terminal.note(
				`${name} is paused until ${timeText(cooldown.until)} (${printableLine(cooldown.code)}). To try it now: npm run leads -- retry --destination ${name}`,
			);
	}
}
