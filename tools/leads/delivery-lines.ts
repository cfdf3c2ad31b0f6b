import type { Attempt, Delivery } from '../../shared/delivery/delivery.ts';
import type { Rest } from '../../shared/delivery/rest.ts';
import { printable, printableLine } from './printable.ts';
import { durationText, relativeText, timeText } from './time-words.ts';

/** A delivery in words: where it stands, why, what to do, and its attempts. */
export function deliveryLines(
	name: string,
	delivery: Delivery,
	{ leadId, now, rest }: { leadId: string; now: number; rest?: Rest | undefined },
): string[] {
	const { proof, reason, remedy, recent, attempts } = delivery;
	const hint = delivery.state === 'parked' ? [`    then      npm run leads -- replay ${leadId} --destination ${name}   (or close)`] : [];
	const shown = attempts > recent.length ? `the latest ${recent.length} of ${attempts} attempts` : 'attempts';
	return [
		`${name}: ${standing(delivery, now)}`,
		...(proof ? [`    proof     ${printableLine(proof.how)}, ${printableLine(proof.id)}`] : []),
		...(reason ? [`    why       ${printableLine(reason)}`] : []),
		...(remedy && delivery.state === 'parked' ? [`    to do     ${printableLine(remedy)}`] : []),
		...hint,
		...(rest && rest.until > now && delivery.state === 'pending'
			? [
					`    rests     ${name} is not called until ${timeText(rest.until)}: ${restReasons[rest.why] ?? printableLine(rest.why)} (${printableLine(rest.code)})`,
				]
			: []),
		...(recent.length > 0 ? [`    ${shown}`, ...recent.map(attemptLine)] : []),
	];
}

const restReasons: Record<Rest['why'], string> = {
	asked: 'it asked for it',
	failing: 'leads in a row failed',
	configuration: 'a setting or a permission is wrong',
	heldBack: 'the mails of this hour are used up',
};

function standing({ state, due, attempts, claim }: Delivery, now: number): string {
	const when = `${timeText(due)} (${relativeText(due, now)})`;
	if (state !== 'pending') return `${state} ${when}`;
	if (claim)
		return `pending, attempt ${attempts} began ${timeText(claim.at)} (${relativeText(claim.at, now)}); without an outcome, again ${when}`;
	return `pending, attempt ${attempts + 1} is due ${when}`;
}

function attemptLine({ number, at, outcome, tookMs, code, reason, maybeDone }: Attempt): string {
	const how = outcome === 'unknown' ? 'ended without an outcome' : outcome;
	const parts = [
		how,
		code && printableLine(code),
		tookMs !== undefined && `took ${durationText(tookMs)}`,
		maybeDone && 'may have been done',
	];
	const text = reason ? `: ${printable(reason).replace(/\s+/g, ' ')}` : '';
	return `      #${number}  ${timeText(at)}  ${parts.filter(Boolean).join(', ')}${text}`;
}
