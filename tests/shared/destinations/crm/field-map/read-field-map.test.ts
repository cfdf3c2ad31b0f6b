import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkFieldMap, readFieldMap } from '../../../../../shared/destinations/crm/field-map/check-field-map.ts';
import { propertyRuns } from '../../../../support/property-runs.ts';

const problemsOf = (text: string) => readFieldMap(text).issues.map(({ problem }) => problem);

describe('a field map', () => {
	it.each([
		['not JSON', 'is not valid JSON: invalid symbol at character 1'],
		['["a"]', 'is not an object in { }'],
		['"text"', 'is not an object in { }'],
		['null', 'is not an object in { }'],
		['{"a":"x","a":"y"}', 'column `a`: `a` is given more than once'],
		['{"a b":"x"}', 'column `a b`: is not a logical name of a column; allowed: a logical name'],
		['{"Jobtitle":"x"}', 'column `Jobtitle`: is not a logical name of a column; did you mean `jobtitle`?'],
		['{"a":[1]}', 'column `a`: the value is not valid; allowed: text, a number, true, false, null, or an object with `value`'],
		['{"a":"  "}', 'column `a`: the value is not valid; allowed: text, a number, true, false, null, or an object with `value`'],
		['{"a":{"value":"x","typ":"text"}}', 'column `a`: `typ` is not a property; did you mean `type`?'],
		[
			'{"a":{"value":"x","type":"integer"}}',
			'column `a`: `type` is not valid; allowed: text, memo, wholeNumber, decimal, boolean, date or choice',
		],
		['{"a":{"value":"x","type":"txt"}}', 'column `a`: `type` is not valid; did you mean `text`?'],
		['{"a":{"value":null}}', 'column `a`: `value` is not valid; allowed: text, a number, true or false'],
		['{"a":{"type":"text"}}', 'column `a`: `value` is missing'],
		['{"a":{"by":"codename","value":"x"}}', 'column `a`: `by` is given without `lookup`; allowed: the entity set as `lookup`'],
		['{"a":{"lookup":"camp aigns","value":"x"}}', 'column `a`: `lookup` is not valid; allowed: an entity set, such as campaigns'],
		[
			'{"a":{"lookup":"campaigns","by":"x eq 1","value":"x"}}',
			'column `a`: `by` is not valid; allowed: the logical name of a column, such as codename',
		],
		['{"a":{"lookup":"campaigns","value":5}}', 'column `a`: `value` of a lookup is not text; allowed: text'],
		['{"a":{"lookup":"campaigns","type":"text","value":"x"}}', 'column `a`: has `lookup` and `type`; allowed: one of them'],
		['{"a":"{{{company}}}"}', 'column `a`: the template holds {{{company}}}: values are always escaped, write {{company}}'],
		['{"a":{"value":"{{compny}}"}}', 'column `a`: the template holds {{compny}}, which is not known; did you mean {{company}}?'],
		['{"ownerid":"x"}', 'column `ownerid`: is set by DATAVERSE_OWNER, leave it out'],
		['{"subject":null}', 'column `subject`: is never empty; allowed: a value'],
	])('%s is told: %s', (text, problem) => {
		expect(problemsOf(text)).toContain(problem);
		expect(readFieldMap(text).fields).toEqual({});
	});

	it('tells all that is wrong with a column together', () => {
		expect(problemsOf('{"a":{"typ":"text","value":"{{contry}}"},"ownerid":{"valu":"x"}}')).toEqual([
			'column `a`: `typ` is not a property; did you mean `type`?',
			'column `ownerid`: `value` is missing',
			'column `ownerid`: `valu` is not a property; did you mean `value`?',
			'column `a`: the template holds {{contry}}, which is not known; did you mean {{country}}?',
			'column `ownerid`: is set by DATAVERSE_OWNER, leave it out',
		]);
	});

	it('tells a wrong name, a property without a name and a lookup that is missing beside each other', () => {
		expect(problemsOf('{"A":{"value":"x","":1,"by":"codename"}}')).toEqual([
			'column `A`: is not a logical name of a column; did you mean `a`?',
			'column `A`: `` is not a property; allowed: value, type, lookup, by',
			'column `A`: `by` is given without `lookup`; allowed: the entity set as `lookup`',
		]);
	});

	it('keeps the columns that are right', () => {
		expect(readFieldMap('{"a":"{{company}}","b":{"x":1},"c":7}').fields).toEqual({ a: '{{company}}', c: 7 });
	});

	it('is read whatever it is, and wrong values are never told', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				checkFieldMap(value);
			}),
			propertyRuns,
		);
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (map) => {
				const { fields, issues } = checkFieldMap(map);
				const named = new Set([...Object.keys(fields), ...issues.map(({ column }) => column)]);
				expect([...named].sort()).toEqual(Object.keys(map).sort());
			}),
			propertyRuns,
		);
		expect(problemsOf('{"a":{"value":"x","type":"secret-word"}}').join()).not.toContain('secret-word');
	});
});
