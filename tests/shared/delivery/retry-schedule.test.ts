import { describe, expect, it } from '@jest/globals';
import { nextDue } from '../../../shared/delivery/retry-schedule.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const settings = { retryFirstMs: 30 * second, retryWindowMs: 7 * 24 * hour };
const stepAfter = (spent: number, more: object = {}, random = 1) =>
	(nextDue(settings, { now: 0, spent, windowStart: 0, ...more }, () => random) ?? Number.NaN) / second;

describe('the retry schedule', () => {
	it('doubles from the first step up to six hours', () => {
		expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100].map((spent) => stepAfter(spent))).toEqual([
			30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600, 21600,
		]);
	});

	it('draws each step between its half and its whole', () => {
		expect([0, 0.5, 1].map((random) => stepAfter(4, {}, random))).toEqual([120, 180, 240]);
	});

	it('obeys Retry-After when it is longer', () => {
		expect([stepAfter(1, { retryAfterMs: 10 * minute }), stepAfter(1, { retryAfterMs: second })]).toEqual([600, 30]);
	});

	it('begins thirty times slower when the attempt may have been done', () => {
		expect([1, 2, 3, 6, 7].map((spent) => stepAfter(spent, { maybeDone: true }) / 60)).toEqual([15, 30, 60, 360, 360]);
	});

	it('ends when the next time is outside the window, but not before five attempts', () => {
		const late = { now: 8 * 24 * hour, windowStart: 0 };
		expect([4, 5].map((spent) => nextDue(settings, { ...late, spent }, () => 1) === undefined)).toEqual([false, true]);
	});

	it('makes an outage of seven days end after some forty attempts', () => {
		let now = 0;
		let attempts = 0;
		for (let due: number | undefined = 0; due !== undefined; due = nextDue(settings, { now, spent: attempts, windowStart: 0 }, () => 0.5)) {
			now = due;
			attempts++;
		}
		expect({ attempts, days: Math.round(now / (24 * hour)) }).toEqual({ attempts: 46, days: 7 });
	});
});
