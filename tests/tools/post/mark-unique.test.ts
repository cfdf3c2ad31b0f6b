import { describe, expect, it } from '@jest/globals';
import { readLead } from '../../../shared/lead/read-lead.ts';
import { markUnique } from '../../../tools/post/mark-unique.ts';
import { leadFixture, leadFixtureNames } from '../../support/lead-fixtures.ts';

const mark = (text: string) => Buffer.from(markUnique(new Uint8Array(Buffer.from(text)), 'run #1')).toString();
const leadOf = (bytes: Uint8Array) => {
	const reading = readLead(bytes);
	if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
	return reading;
};

describe('markUnique', () => {
	it.each([
		['{"a":1}', '{"SampleRun":"run #1","a":1}'],
		[' \n{\n\t"a": 1, "a": 2\n}', ' \n{"SampleRun":"run #1",\n\t"a": 1, "a": 2\n}'],
		['\ufeff{ }', '\ufeff{"SampleRun":"run #1" }'],
		['', ''],
		['[{}]', '[{"SampleRun":"run #1"}]'],
		['"{\\"a\\":1}"', '"{\\"SampleRun\\":\\"run #1\\",\\"a\\":1}"'],
		['[[{}]]', '[[{}]]'],
		['not json', 'not json'],
	])('makes of %j %j', (before, after) => {
		expect(mark(before)).toBe(after);
	});

	it('leaves UTF-16 alone', () => {
		for (const text of ['{"a":1}', '\ufeff{"a":1}']) {
			const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
			expect(markUnique(bytes, 'x')).toEqual(bytes);
		}
	});

	it.each(leadFixtureNames)('changes nothing of %s but its content id and one unknown member', (name) => {
		const before = leadOf(leadFixture(name));
		const after = leadOf(markUnique(new Uint8Array(leadFixture(name)), 'run #1'));
		const { unknown = [], ...rest } = before.lead;
		const { unknown: marked = [], ...others } = after.lead;
		expect(others).toEqual(rest);
		expect(marked[0]).toEqual({ name: 'SampleRun', value: 'run #1' });
		if (unknown.length < 99) expect(marked.slice(1)).toEqual(unknown);
		expect(after.contentId).not.toBe(before.contentId);
	});
});
