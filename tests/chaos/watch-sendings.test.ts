import { describe, expect, it } from '@jest/globals';
import type { Exchange, Gate } from '../../chaos/start-proxy.ts';
import { mails, posts, watchSendings } from '../../chaos/watch-sendings.ts';

const leadId = '0190a0b0-c0d0-7000-8000-000000000001';

/** Two mails of one lead arrived, or two posts; what the judge says of the second one. */
function judge(sent = mails) {
	let now = 1_000_000;
	const watch = watchSendings(sent, () => now);
	let verdict: 'pass' | 'lose' = 'pass';
	const gate = watch.through(0, { before: () => 'pass', after: () => verdict } satisfies Gate);
	const send = () => {
		let isOver = false;
		let hearing: (() => void)[] = [];
		const exchange: Exchange = {
			service: sent === mails ? 'graph' : 'webhook',
			what: 'graph POST /sendMail',
			method: 'POST',
			path: '/sendMail',
			body: sent === mails ? `{"name":"x-lead-id","value":"${leadId}"}` : `{"data":{"leadId":"${leadId}"}}`,
			isOver: () => isOver,
			onOver: (listener) => void hearing.push(listener),
		};
		gate.before(exchange);
		return {
			answer: (how: typeof verdict = 'pass') => {
				verdict = how;
				gate.after(exchange, { status: 202, body: '' });
			},
			hangUp: () => {
				isOver = true;
				for (const tell of hearing) tell();
				hearing = [];
			},
		};
	};
	const isExplained = () => {
		send().answer();
		return watch.explained([leadId, leadId]) === 1;
	};
	const wait = (ms: number) => {
		now += ms;
	};
	return { watch, send, wait, isExplained };
}

describe('a mail that came twice is', () => {
	it('not explained when the first one was accepted, and heard of', () => {
		const { send, wait, isExplained } = judge();
		const mail = send();
		mail.answer();
		wait(5_000); // a connection that was kept, and has had its time
		mail.hangUp();
		expect(isExplained()).toBe(false);
	});

	it('explained when the answer was lost, or never came', () => {
		const lost = judge();
		lost.send().answer('lose');
		expect(lost.isExplained()).toBe(true);
		const hung = judge();
		hung.send();
		expect(hung.isExplained()).toBe(true);
	});

	it('explained when the worker had given up just before the answer', () => {
		const seen = judge();
		const early = seen.send();
		early.hangUp();
		early.answer();
		expect(seen.isExplained()).toBe(true);
		const unseen = judge();
		const late = unseen.send();
		late.answer();
		unseen.wait(200);
		late.hangUp();
		expect(unseen.isExplained()).toBe(true);
	});

	it('explained when the worker was killed before it can have written it down, not when it was killed long after', () => {
		const soon = judge();
		soon.send().answer();
		soon.wait(2_000);
		soon.watch.killed(0);
		soon.watch.started(0);
		soon.wait(1_000);
		expect(soon.isExplained()).toBe(true);
		const late = judge();
		late.send().answer();
		late.wait(20_000);
		late.watch.killed(0);
		late.watch.started(0);
		late.wait(1_000);
		expect(late.isExplained()).toBe(false);
	});

	it('explained when it is the last words of a killed worker, not when a new one is there', () => {
		const last = judge();
		last.watch.killed(0);
		last.wait(10_000);
		last.send().answer();
		last.watch.started(0);
		last.wait(1_000);
		expect(last.isExplained()).toBe(true);
		const next = judge();
		next.watch.killed(0);
		next.watch.started(0);
		next.wait(1_000);
		next.send().answer();
		expect(next.isExplained()).toBe(false);
	});
});

describe('a post that came twice is', () => {
	it('not explained by a connection that ends after its answer, as each does', () => {
		const { send, isExplained } = judge(posts);
		const post = send();
		post.answer();
		post.hangUp();
		expect(isExplained()).toBe(false);
	});

	it('explained when the answer was lost, or the worker was gone before it came', () => {
		const lost = judge(posts);
		lost.send().answer('lose');
		expect(lost.isExplained()).toBe(true);
		const gone = judge(posts);
		const post = gone.send();
		post.hangUp();
		post.answer();
		expect(gone.isExplained()).toBe(true);
	});
});
