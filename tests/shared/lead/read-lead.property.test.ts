import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oneLine } from '../../../shared/lead/clean-text.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { readLead } from '../../../shared/lead/read-lead.ts';
import { codePoint } from '../../support/code-point.ts';
import { leadFixture, leadFixtureNames } from '../../support/lead-fixtures.ts';
import { bytesOf } from '../../support/payload.ts';
import { propertyRuns } from '../../support/property-runs.ts';

type Members = [name: string, value: Value][];
/** JSON in which an object is a list of members, so that names can repeat and be in any order. */
type Value = string | number | boolean | null | Value[] | { members: Members };

const isObject = (value: Value): value is { members: Members } => value !== null && typeof value === 'object' && !Array.isArray(value);

function toJson(value: Value): string {
	if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
	if (isObject(value)) return `{${value.members.map(([name, inner]) => `${JSON.stringify(name)}:${toJson(inner)}`).join(',')}}`;
	return JSON.stringify(value);
}

const personNames = ['FirstName', 'LastName', 'Email', 'Phone', 'Country', 'Company', 'Title'];
const topNames = ['OfferTitle', 'LeadSource', 'ActionCode', 'Description', ...personNames];
const recase = (name: string, how: number) => [name, name.toUpperCase(), name.toLowerCase()][how % 3] ?? name;
const nameOf = (...known: string[]) =>
	fc.oneof(
		{ weight: 3, arbitrary: fc.tuple(fc.constantFrom(...known), fc.nat(2)).map(([name, how]) => recase(name, how)) },
		{ weight: 1, arbitrary: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'License', 'größe', '')) },
	);

const text = fc.oneof(
	fc.string(),
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: codePoint }),
	fc.constantFrom(
		'',
		' ',
		'\r\n',
		'MSFT_TEST_1',
		'SPZA-PLT|contoso.a-b.c',
		'Campaigns: ',
		'{"utm":"x y","n":[1,null,"\\n"]}',
		'{}',
		'["a"]',
		'{"a":',
		'\u200b',
	),
);
const scalar: fc.Arbitrary<Value> = fc.oneof(
	text,
	text,
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.boolean(),
	fc.constant(null),
);
const { nested } = fc.letrec<{ nested: Value }>((tie) => ({
	nested: fc.oneof(
		{ maxDepth: 2, withCrossShrink: true },
		scalar,
		fc.array(tie('nested'), { maxLength: 2 }),
		fc.array(fc.tuple(fc.string(), tie('nested')), { maxLength: 2 }).map((members) => ({ members })),
	),
}));
const membersWith = (names: fc.Arbitrary<string>, unique: boolean) => {
	const member = fc.tuple(names, fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: nested }));
	return unique ? fc.uniqueArray(member, { maxLength: 6, selector: ([name]) => fold(name) }) : fc.array(member, { maxLength: 6 });
};
const fold = (name: string) => oneLine(name).toLowerCase().toUpperCase();
const payloads = (unique: boolean): fc.Arbitrary<Members> =>
	fc
		.tuple(membersWith(nameOf(...topNames), unique), membersWith(nameOf(...personNames), unique), fc.nat(2), fc.nat(8))
		.map(([top, person, how, at]) => top.toSpliced(at, 0, [recase('UserDetails', how), { members: person }]));

/** The parameters in a description that is a JSON object. */
function parametersIn(line: string): Value | undefined {
	if (!line.startsWith('{')) return undefined;
	try {
		return asValue(JSON.parse(line));
	} catch {
		return undefined;
	}
}

/** Every value that says something, as the lead would say it in one line. */
function saidBy(value: Value, name = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((inner) => saidBy(inner));
	if (isObject(value)) return value.members.flatMap(([inside, inner]) => saidBy(inner, inside));
	if (value === null) return [];
	const line = oneLine(typeof value === 'string' ? value : JSON.stringify(value));
	const parameters = name.toLowerCase() === 'description' ? parametersIn(line) : undefined;
	if (parameters) return saidBy(parameters);
	return line ? [line] : [];
}

function asValue(value: unknown): Value {
	if (Array.isArray(value)) return value.map(asValue);
	if (value !== null && typeof value === 'object') return { members: Object.entries(value).map(([name, inner]) => [name, asValue(inner)]) };
	return value as Value;
}

function linesOf(lead: Lead): Set<string> {
	const values = Object.values(lead).flatMap((value) =>
		Array.isArray(value) ? value.map((named) => named.value) : typeof value === 'string' ? [value] : [],
	);
	return new Set(values.map(oneLine));
}

describe('reading', () => {
	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string(), { nil: undefined }), (bytes, contentType) => {
				expect(typeof readLead(bytes, contentType).ok).toBe('boolean');
			}),
			propertyRuns,
		);
	});

	it('never throws, whatever the JSON', () => {
		fc.assert(
			fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
				expect(typeof readLead(bytesOf(json)).ok).toBe('boolean');
			}),
			propertyRuns,
		);
	});

	it('never throws on a damaged fixture, and never says less than why', () => {
		const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'insert', 'delete', 'cut')), {
			minLength: 1,
			maxLength: 5,
		});
		const names = leadFixtureNames.filter((name) => name !== 'long-description');
		fc.assert(
			fc.property(fc.constantFrom(...names), damage, (name, steps) => {
				let bytes = [...leadFixture(name)];
				for (const [place, byte, how] of steps) {
					const at = place % Math.max(1, bytes.length);
					if (how === 'cut') bytes = bytes.slice(0, at);
					else bytes.splice(at, how === 'insert' ? 0 : 1, ...(how === 'delete' ? [] : [byte]));
				}
				const reading = readLead(Uint8Array.from(bytes));
				if (!reading.ok) expect(reading.issues.every(({ detail }) => detail !== '')).toBe(true);
				expect(reading.ok || reading.issues.length > 0).toBe(true);
			}),
			propertyRuns,
		);
	});

	it('loses no value that is not blank', () => {
		fc.assert(
			fc.property(payloads(false), (members) => {
				const reading = readLead(bytesOf(toJson({ members })));
				if (!reading.ok) return;
				const lines = linesOf(reading.lead);
				for (const [name, value] of members) {
					// a second description is kept as it came, parameters or not
					const whole = typeof value === 'string' && lines.has(oneLine(value));
					if (!whole) for (const said of saidBy(value, name)) expect(lines).toContain(said);
				}
			}),
			propertyRuns,
		);
	});

	it('refuses only what has no known member with a value', () => {
		fc.assert(
			fc.property(payloads(false), (members) => {
				const known = (names: string[], among: Members) =>
					among.filter(([name]) => names.some((one) => one.toLowerCase() === name.toLowerCase()));
				const person = members.flatMap(([name, value]) =>
					name.toLowerCase() === 'userdetails' && isObject(value) ? known(personNames, value.members) : [],
				);
				const usable = ([name, value]: [string, Value]) =>
					(name.toLowerCase() === 'description' ? !Array.isArray(value) : !Array.isArray(value) && !isObject(value)) &&
					saidBy(value, name).length > 0;
				expect(readLead(bytesOf(toJson({ members }))).ok).toBe([...known(topNames, members), ...person].some(usable));
			}),
			propertyRuns,
		);
	});
});

describe('the content id', () => {
	const idOf = (members: Members) => {
		const reading = readLead(bytesOf(toJson({ members })));
		return reading.ok ? reading.contentId : undefined;
	};
	/** The same in another order, other casing of names and with other blanks, as the seed will have it. */
	const vary = (members: Members, seed: number, depth = 0): Members => {
		const varied = members.map(([name, value], index): [string, Value] => [
			recase(name, seed + index),
			depth < 1 && isObject(value) ? { members: vary(value.members, seed + 1, depth + 1) } : pad(value, seed + index),
		]);
		const blank: Members = [[`Blank${seed}`, [null, '', ' \t'][seed % 3] ?? null]];
		const turned = varied.slice(seed % (varied.length + 1)).concat(varied.slice(0, seed % (varied.length + 1)));
		return [...blank, ...(seed % 2 ? turned.toReversed() : turned)];
	};
	const pad = (value: Value, seed: number): Value =>
		typeof value === 'string' && seed % 2 ? `  ${value.replaceAll(' ', '  ')}\r\n` : value;

	it('depends neither on order, nor on the casing of names, nor on blanks', () => {
		fc.assert(
			fc.property(payloads(true), fc.nat(1000), (members, seed) => {
				expect(idOf(vary(members, seed))).toBe(idOf(members));
			}),
			propertyRuns,
		);
	});

	it('depends on every value', () => {
		fc.assert(
			fc.property(payloads(true), fc.nat(), (members, place) => {
				const at = place % members.length;
				const changed = members.map(([name, value], index): [string, Value] => [name, index === at ? 'something else entirely' : value]);
				fc.pre(members[at]?.[0].toLowerCase() !== 'userdetails' && !saidBy(members[at]?.[1] ?? null).includes('something else entirely'));
				expect(idOf(changed)).not.toBe(idOf(members) ?? 'refused');
			}),
			propertyRuns,
		);
	});
});
