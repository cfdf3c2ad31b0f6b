import { storageTimeoutMs } from '../../shared/basics/create-deadlines.ts';
import { codeOf } from '../../shared/basics/failures.ts';
import type { Delivery } from '../../shared/delivery/delivery.ts';
import { closeLead } from '../../shared/operate/close-lead.ts';
import { eraseById } from '../../shared/operate/erase-by-id.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import { replayLead } from '../../shared/operate/replay-lead.ts';
import { replayRejection, toClosing } from '../../shared/operate/replay-rejection.ts';
import { retryWaiting } from '../../shared/operate/retry-waiting.ts';
import { mostRung, sendLead, whyNotSent } from '../../shared/operate/send-lead.ts';
import type { Actor, Stepped } from '../../shared/operate/step-deliveries.ts';
import type { BoardDeps } from '../board-deps.ts';
import { isRemoved } from '../board-destinations.ts';
import type { Wish } from './act.ts';

/** What became of one lead or rejected payload. */
export interface ActResult {
	id: string;
	ok: boolean;
	/** In words, without anything that the lead says. */
	text: string;
}

/**
 * Does with one id what was wished. Never throws: what failed is a result too. Who did it is logged, and kept with the deliveries.
 *
 * @param before how many were acted on by the same confirmation
 */
export async function performAct(id: string, wish: Wish, before: number, deps: BoardDeps): Promise<ActResult> {
	const { action, to, destination = to } = wish;
	const { ok, text } = await act(id, wish, before, deps).catch((error: unknown) => fail(`It failed (${codeOf(error)}). Try again.`));
	deps.log({ event: 'board.acted', action, leadId: id, by: deps.person.objectId, ok, ...(destination !== undefined && { destination }) });
	return { id, ok, text };
}

/** It has changed since the person was asked to confirm, so that it is not what was seen. */
const unseen = ': it changed after you were asked';

type Done = Omit<ActResult, 'id'>;
const done = (text: string): Done => ({ ok: true, text });
const fail = (text: string): Done => ({ ok: false, text });

async function act(id: string, wish: Wish, before: number, deps: BoardDeps): Promise<Done> {
	const { action, again, to, destination, note, shown } = wish;
	const { clock, deadline, person, settings } = deps;
	if (action === 'erase') {
		const { lead, rejection } = await eraseById(id, deps);
		return lead || rejection
			? done('Erased here. Mails and records that were made of it are not touched: erase them there.')
			: fail('There is nothing under this id.');
	}
	const table = await deps.journal();
	const lead = await table.find(id, deadline(storageTimeoutMs.step));
	const actor = { by: person.objectId, ...(note !== undefined && { note }) };
	if (!lead) return actOnRejection(id, wish, actor, deps);
	const which = destination === undefined ? {} : { destination };
	if (action === 'replay') {
		const stepped = await replayLead(id, { ...which, again, shown }, deps, actor);
		const soon =
			stepped && stepped.moved.length > 0 && stepped.bell !== 'rung' ? ' The bell could not be rung: the next sweep delivers it.' : '';
		return toDone(stepped, 'Queued again', soon, (why) =>
			why === 'pending'
				? 'is pending already'
				: why === 'unreadable'
					? 'cannot be read by this version'
					: `is ${why}${again || why === 'parked' ? unseen : ''}`,
		);
	}
	if (action === 'send') {
		const why = to === undefined ? 'There is no such destination' : whyNotSent(lead, to);
		if (why) return fail(`Not sent: ${why}.`);
		return toDone(await sendLead(id, to ?? '', { rings: before < mostRung }, deps, actor), 'Queued', '', (why) => `is ${why} already`);
	}
	if (action === 'close') {
		// What waits can be closed where it could never end.
		const waiting = destination !== undefined && isRemoved(destination, settings);
		const refusal = (why: Delivery['state']) =>
			waiting && why === 'pending' ? 'is under way' : why === 'parked' ? `is ${why}${unseen}` : `is ${why}, not parked`;
		return toDone(await closeLead(id, { ...which, waiting, shown }, deps, actor), 'Closed', '', refusal);
	}
	const waiting = Object.entries(lead.deliveries).flatMap(([name, { state }]) =>
		state === 'pending' && (destination === undefined || name === destination) ? [name] : [],
	);
	if (waiting.length === 0) return fail('Nothing of it waits.');
	const due: string[] = [];
	const left: string[] = [];
	for (const name of waiting) {
		if (lead.deliveries[name]?.recent.some(({ at }) => at > (shown ?? Infinity))) {
			left.push(`${name} was tried after you were asked`);
			continue;
		}
		const { due: hurried, left: not, cooldown } = await retryWaiting({ destination: name, leadIds: [id], actor }, deps);
		if (cooldown?.why === 'heldBack' && cooldown.until > clock()) left.push(`${name}: the limit of mails per hour is reached`);
		else if (hurried.length > 0) due.push(name);
		for (const { why } of not) left.push(whyLeft(name, why));
	}
	return due.length > 0
		? done(`Due now: ${due.join(', ')}.${left.length > 0 ? ` Not: ${left.join('; ')}.` : ''}`)
		: fail(`${left.join('; ')}.`);
}

function toDone(stepped: Stepped | undefined, verb: string, more: string, refusal: (why: Delivery['state']) => string): Done {
	if (!stepped) return fail('It is gone.');
	if (stepped.moved.length > 0) return done(`${verb}: ${stepped.moved.join(', ')}.${more}`);
	return fail(stepped.refused.map(({ destination, why }) => `${destination} ${refusal(why)}`).join('; ') || 'There is no such delivery.');
}

async function actOnRejection(id: string, { action }: Wish, actor: Actor, deps: BoardDeps): Promise<Done> {
	const { clock, deadline } = deps;
	const table = await deps.journal();
	const rejection = await table.findRejection(id, deadline(storageTimeoutMs.step));
	if (!rejection) return fail('There is nothing under this id.');
	if (action === 'close') {
		const closed = await table.closeRejection(rejection, toClosing(clock(), actor), deadline(storageTimeoutMs.step));
		return closed === 'closed' ? done('Closed.') : fail('It is closed already.');
	}
	if (action !== 'replay') return fail('It is not a lead.');
	const rereading = await replayRejection(id, deps, actor);
	if (!rereading) return fail('It is gone.');
	if (!rereading.ok) return fail(`It is still not a lead: ${rereading.issues.map(issueText).join(' ')}`);
	const { status, leadId } = rereading.acceptance;
	return done(status === 'accepted' ? 'It is a lead now, and is delivered.' : `It is the same as lead ${leadId}, which came before.`);
}

/** Why a delivery that waited is not due: it was changed or erased meanwhile. */
function whyLeft(name: string, why: string): string {
	if (why === 'unknown') return 'the lead is gone';
	return why === 'no such delivery' ? `there is no delivery to ${name}` : `${name} is ${why}`;
}
