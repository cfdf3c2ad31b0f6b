import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxClientId, sandboxMailboxes } from '../../../sandbox/sandbox-settings.ts';
import { appSettings, leadsOff } from '../../../sandbox/start/app-settings.ts';
import { readLocalSettings } from '../../../sandbox/start/read-local-settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('Local settings', () => {
	let folder: ReturnType<typeof tempFolder>;
	beforeEach(() => {
		folder = tempFolder();
	});
	afterEach(() => folder.remove());
	const read = (text: string) => {
		const file = join(folder.path, 'local.settings.json');
		writeFileSync(file, text);
		return readLocalSettings(file);
	};

	it('are the values, as text; comments and a comma too many do no harm', () => {
		expect(read('{ // mine\n "Values": { "A": "1", "B": 2, "C": true, }, "Host": {} }')).toEqual({ A: '1', B: '2', C: 'true' });
	});

	it('are none where there is no file or no value', () => {
		expect(readLocalSettings(join(folder.path, 'missing.json'))).toEqual({});
		expect(read('{}')).toEqual({});
	});

	it.each([
		['{\n"Values": {\n"A" "1"', 'is not JSON: ColonExpected, line 3.'],
		['{ "IsEncrypted": true, "Values": {} }', 'func settings decrypt'],
		['{ "Values": { "LEAD_ROUTES": [] } }', 'LEAD_ROUTES must be a text, JSON inside it too.'],
		['{ "Values": { "EMAIL_TO": null } }', 'EMAIL_TO must be a text'],
		['', 'is not JSON'],
		['EMAIL_TO=someone@contoso.com', 'is not JSON'],
		['[]', 'must hold { "Values"'],
		['null', 'must hold { "Values"'],
		['"Values"', 'must hold { "Values"'],
		['{ "values": { "EMAIL_TO": "a@contoso.com" } }', 'has no member "Values"'],
		['{ "EMAIL_TO": "a@contoso.com" }', 'has no member "Values"'],
		['{ "IsEncrypted": false, "Value": {} }', 'has no member "Values"'],
		['{ "Values": [] }', '"Values" must be an object of texts'],
		['{ "Values": "EMAIL_TO" }', '"Values" must be an object of texts'],
		['{ "Values": null }', '"Values" must be an object of texts'],
	])('that cannot be read say why: %s', (text, message) => {
		expect(() => read(text)).toThrow(message);
	});

	it('that are a folder say so', () => {
		expect(() => readLocalSettings(folder.path)).toThrow('cannot be read (EISDIR)');
	});

	it('are read as UTF-16 and with a byte order mark too, as Windows writes them', () => {
		const file = join(folder.path, 'local.settings.json');
		const text = '\ufeff{ "Values": { "EMAIL_TO": "jürgen@contoso.com" } }';
		for (const encoding of ['utf8', 'utf16le'] as const) {
			writeFileSync(file, text, encoding);
			expect(readLocalSettings(file)).toEqual({ EMAIL_TO: 'jürgen@contoso.com' });
		}
	});

	it('of the sample can be read, name no service elsewhere and keep the sandbox', () => {
		const sample = readLocalSettings('local.settings.sample.json');
		expect(sample).toHaveProperty('LEAD_DESTINATIONS');
		expect(JSON.stringify(sample)).not.toMatch(/https?:/);
		expect(leadsOff(sample)).toEqual([]);
		const settings = appSettings(sample, { url: 'http://127.0.0.1:7080', connectionString: 'UseDevelopmentStorage=true' });
		expect(settings).toMatchObject({ GRAPH_BASE_URL: 'http://127.0.0.1:7080/graph', DATAVERSE_URL: 'http://127.0.0.1:7080' });
		expect(settings.AZURE_CLIENT_ID).toBe(sandboxClientId);
		expect(sandboxMailboxes).toContain(settings.EMAIL_FROM);
	});
});
