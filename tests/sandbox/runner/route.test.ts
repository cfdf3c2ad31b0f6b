import { describe, expect, it } from '@jest/globals';
import { matchRoute, readRoute } from '../../../sandbox/runner/route.ts';

const match = (route: string, path: string, prefix = 'api') => matchRoute(readRoute(prefix, route), path);

describe('A route', () => {
	it.each([
		['leads', '/api/leads', {}],
		['leads', '/API/Leads/', {}],
		['leads', '/api/leads/1', undefined],
		['leads', '/leads', undefined],
		['leads/{id}', '/api/leads/a%20b', { id: 'a b' }],
		['leads/{id}', '/api/leads/100%', { id: '100%' }],
		['leads/{id}', '/api/leads', undefined],
		['leads/{id?}', '/api/leads', {}],
		['leads/{id:int}', '/api/leads/12', { id: '12' }],
		['leads/{id:int}', '/api/leads/x', undefined],
		['leads/{id:guid}', '/api/leads/01234567-89ab-cdef-0123-456789abcdef', { id: '01234567-89ab-cdef-0123-456789abcdef' }],
		['files/{*path}', '/api/files/a/b.txt', { path: 'a/b.txt' }],
		['files/{*path}', '/api/files', {}],
		['a.b', '/api/axb', undefined],
	])('%s and the path %s give %j', (route, path, parameters) => {
		expect(match(route, path)).toEqual(parameters);
	});

	it('may stand without a prefix', () => {
		expect(match('leads', '/leads', '')).toEqual({});
	});

	it.each(['{id=1}', 'x{id}', '{id:datetime}'])('with "%s" is refused rather than misread', (route) => {
		expect(() => readRoute('api', route)).toThrow(`api/${route}`);
	});
});
