import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The floors of the product, from the top. A file may import from its own room and from rooms below; rooms on one floor do not know each other. */
const floors = [
	['main.ts'],
	['LeadIntake/', 'LeadDelivery/', 'LeadSweep/', 'LeadHealth/', 'LeadBoard/'],
	['shared/services.ts'],
	['shared/checks/'],
	['shared/operate/'],
	['shared/accept/', 'shared/queues/'],
	['shared/settings/'],
	['shared/destinations/destination-kinds.ts'],
	['shared/destinations/email/', 'shared/destinations/crm/', 'shared/destinations/webhook/'],
	['shared/destinations/http/'],
	['shared/journal/table/'],
	['shared/journal/', 'shared/storage/', 'shared/rules/', 'shared/templates/'],
	['shared/delivery/', 'shared/person/'],
	['shared/lead/', 'shared/tokens/'],
	['shared/basics/'],
	// What the Functions host reads, as it reads it: nothing of this product.
	['host/'],
];

const rooms = floors.flatMap((floor, level) => floor.map((room) => ({ room, level })));
const roomOf = (path: string) => rooms.find(({ room }) => path.startsWith(room));

const files = ['main.ts', ...['LeadIntake', 'LeadDelivery', 'LeadSweep', 'LeadHealth', 'LeadBoard', 'shared', 'host'].flatMap(filesIn)];

function filesIn(folder: string): string[] {
	const names = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)).replaceAll('\\', '/'));
	return names.filter((path) => /\.tsx?$/.test(path));
}

/** Every import of a file of ours, types and `import()` included. */
const importsOf = (path: string, text: string) =>
	Array.from(text.matchAll(/(?:from|import\(|import) ?'(\.[^']+)'/g), ([, specifier = '']) =>
		join(dirname(path), specifier).replaceAll('\\', '/'),
	);

/** `file > file` for each import that looks up, or into a neighbour's room. */
function looksUp(path: string, text: string): string[] {
	const from = roomOf(path);
	return importsOf(path, text).flatMap((next) => {
		const to = roomOf(next);
		const isBelow = from && to && (to.room === from.room || to.level > from.level);
		return isBelow ? [] : [`${path} > ${next}`];
	});
}

describe('the floors of the product', () => {
	it('hold every file: each is in a room', () => {
		expect(files.length).toBeGreaterThan(150);
		expect(files.filter((path) => !roomOf(path))).toEqual([]);
	});

	it('let no file import from a floor above its own, nor from a neighbour', () => {
		expect(files.flatMap((path) => looksUp(path, readFileSync(path, 'utf8')))).toEqual([]);
	});

	it('tell an import that looks up, by file and name', () => {
		const text = "import type { Settings } from '../settings/settings.ts';\nconst later = import('../lead/lead.ts');";
		expect(looksUp('shared/rules/to-route.ts', text)).toEqual(['shared/rules/to-route.ts > shared/settings/settings.ts']);
		expect(looksUp('shared/destinations/crm/crm.ts', "import { x } from '../email/email.ts';")).toHaveLength(1);
	});

	it('keep the lowest room a small one', () => {
		const lines = filesIn('shared/basics').flatMap((path) => readFileSync(path, 'utf8').split('\n'));
		expect(lines.length).toBeLessThan(600);
	});

	it.each(['email', 'crm'])('know the name %s in its own folder alone', (name) => {
		const literal = new RegExp(`['"]${name}['"]`);
		const elsewhere = files.filter((path) => !path.startsWith(`shared/destinations/${name}/`));
		// A lead has a member `email` too.
		const leadWords = /^shared\/(lead|accept|templates|journal|operate\/lead-record)|destinations\/crm\//;
		expect(elsewhere.filter((path) => literal.test(readFileSync(path, 'utf8')) && !(name === 'email' && leadWords.test(path)))).toEqual([]);
	});
});
