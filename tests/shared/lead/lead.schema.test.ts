import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Schema {
	title?: string;
	description?: string;
	properties?: Record<string, Schema>;
	anyOf?: { required: string[] }[];
	items?: Schema;
	definitions?: Record<string, Schema>;
}
const schema: Schema = JSON.parse(readFileSync('shared/lead/lead.schema.json', 'utf8'));

function everySchema(inside: Schema): Schema[] {
	const below = [
		...Object.values(inside.properties ?? {}),
		...Object.values(inside.definitions ?? {}),
		...(inside.items ? [inside.items] : []),
	];
	return [inside, ...below.flatMap(everySchema)];
}

describe('lead.schema.json', () => {
	it('has a title and a description for everything', () => {
		for (const { title, description } of everySchema(schema)) {
			expect(title).toBeTruthy();
			expect(description).toMatch(/\.$/);
		}
	});

	it('describes the members of the Lead type, in their order', () => {
		const declaration = readFileSync('shared/lead/lead.ts', 'utf8').split('export interface Lead {')[1] ?? '';
		const members = [...declaration.matchAll(/^\t(\w+)\??:/gm)].map(([, name]) => name);
		expect(Object.keys(schema.properties ?? {})).toEqual(members);
	});

	it('asks for one value that the sender gave, whichever', () => {
		const derived = ['source', 'publisher', 'offer', 'unknown', 'isTest', 'doNotContact', 'hasContact'];
		const enough = schema.anyOf?.map(({ required }) => required[0]);
		expect(enough).toEqual(Object.keys(schema.properties ?? {}).filter((name) => !derived.includes(name)));
	});
});
