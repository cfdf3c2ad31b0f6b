import { type Cooldown, cooldownReasons } from '../../shared/delivery/cooldown.ts';
import type { Attempt, Delivery } from '../../shared/delivery/delivery.ts';
import { actsOf } from '../../shared/operate/lead-record.ts';
import { standingInWords } from '../../shared/operate/standing-in-words.ts';
import { durationText, timeText } from '../../shared/operate/time-words.ts';
import { printable, printableLine } from './printable.ts';

/** A delivery in words: where it stands, why, what to do, and its attempts. */
export function deliveryLines(
	name: string,
	delivery: Delivery,
	{ leadId, now, cooldown }: { leadId: string; now: number; cooldown?: Cooldown | undefined },
): string[] {
	const { proof, reason, remedy, recent, attempts } = delivery;
	const cooling = cooldown && cooldown.until > now && delivery.state === 'pending' ? cooldown : undefined;
	const hint = delivery.state === 'parked' ? [`    then      npm run leads -- replay ${leadId} --destination ${name}   (or close)`] : [];
	const shown = attempts > recent.length ? `the latest ${recent.length} of ${attempts} attempts` : 'attempts';
	return [
		`${name}: ${standingInWords(delivery, { now, cooldown: cooling })}`,
		...(proof ? [`    proof     ${printableLine(proof.how)}, ${printableLine(proof.id)}`] : []),
		...(reason ? [`    why       ${printableLine(reason)}`] : []),
		...(remedy ? [`    to do     ${printableLine(remedy)}`] : []),
		...hint,
		...misconfigured(delivery, cooling),
		...(cooling
			? [
					`    paused    until ${timeText(cooling.until)}: ${cooldownReasons[cooling.why] ?? printableLine(cooling.why)} (${printableLine(cooling.code)})`,
					...(cooling.why === 'heldBack' ? [] : [`    at once   npm run leads -- retry ${leadId} --destination ${name}`]),
				]
			: []),
		...(recent.length > 0 ? [`    ${shown}`, ...recent.map(attemptLine)] : []),
		...actsOf(delivery).map(
			({ what, at, by, note }) =>
				`    ${printableLine(what)} ${timeText(at)} on the board by ${printableLine(by)}${note === undefined ? '' : `: ${printableLine(note)}`}`,
		),
	];
}

/** What keeps a delivery waiting that only a person can change. */
function misconfigured({ state, recent, remedy }: Delivery, cooldown: Cooldown | undefined): string[] {
	const last = recent.at(-1);
	if (state !== 'pending' || remedy || (cooldown?.why ?? last?.outcome) !== 'configuration') return [];
	const what = cooldown?.names?.map(printableLine).join(', ') || 'the setting or permission that the last attempt names';
	return [`    to do     fix ${what}; then it is delivered without more (npm run doctor -- --live checks it)`];
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
