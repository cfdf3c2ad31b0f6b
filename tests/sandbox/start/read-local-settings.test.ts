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
		['{\n"Values": {\n  "A" "1"', 'is not JSON (line 3, column 7): a colon is missing before this.'],
		['{ "Values": { "A": "1"\n, , "B": "2" } }', '(line 2, column 3): there is a comma too many.'],
		['{\r\n"Values": { "A": , "B": "2" } }', '(line 2, column 18): a value is missing before this.'],
		['{ "Values": { "A": "1"\n"B": "2" } }', '(line 2, column 1): a comma is missing before this.'],
		['{ "Values": { "A": "1"; "B": "2" } }', '(line 1, column 23): members are separated by a comma, not by a semicolon.'],
		['{ "Values": { "A" = "1" } }', '(line 1, column 19): a colon belongs between a name and its value.'],
		['{ "Values": { "A": "1" }', '(line 1, column 25): the file ends here, and a closing } is missing.'],
		['{ "Values": [ "A"', '(line 1, column 18): the file ends here, and a closing ] is missing.'],
		['{ "Values": { "A": "1" } } }', '(line 1, column 28): there is a } too many.'],
		['{ "Values": { "A": "1" } } EMAIL_TO', '(line 1, column 28): there is more behind the end of the object.'],
		["{ 'Values': {} }", '(line 1, column 3): names and texts must be in straight double quotes (").'],
		['{ "Values": { "A": “x” } }', 'must be in straight double quotes'],
		['{ Values: {} }', 'must be in straight double quotes'],
		['{ "Values": { "A": True } }', 'must be in straight double quotes'],
		['{ "Values": { # mine\n "A": "1" } }', '(line 1, column 15): a comment begins with //.'],
		['{ "Values": { "A": "1" /* mine } }', '(line 1, column 24): the comment that begins here has no end (*/).'],
		['{ "Values": { "A": "1\n} }', '(line 1, column 20): the text that begins here has no closing double quote on its line.'],
		['{ "Values": { "A": "C:\\temp\\x" } }', 'a backslash in it must be doubled'],
		['{ "Values": { "A": "\\u12" } }', 'a backslash in it must be doubled'],
		['{ "Values": { "A": "1\t2" } }', 'holds a tab or another control character'],
		['{ "Values": { "A": 0123 } }', '(line 1, column 21): a number must not begin with 0: write it in double quotes.'],
		[
			'{ "Values": { "EMAIL_TO": "a@contoso.com", "B": "", "EMAIL_TO": "b@contoso.com" } }',
			'has EMAIL_TO more than once (line 1, column 53): keep one.',
		],
		['{ "Values": { "EMAIL_TO": "a" },\n "Values": {} }', 'has Values more than once (line 2, column 2): keep one.'],
		['{ "IsEncrypted": true, "Values": {} }', 'func settings decrypt'],
		['{ "Values": { "LEAD_ROUTES": [] } }', 'LEAD_ROUTES must be a text, JSON inside it too.'],
		['{ "Values": { "EMAIL_TO": null } }', 'EMAIL_TO must be a text'],
		['', 'is empty: copy local.settings.sample.json, or delete it.'],
		[' \n', 'is empty'],
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

	it('keep the digits of a number, and any name', () => {
		expect(read('{ "Values": { "A": 12345678901234567890, "B": 1.50, "__proto__": "x" } }')).toEqual(
			Object.fromEntries([
				['A', '12345678901234567890'],
				['B', '1.50'],
				['__proto__', 'x'],
			]),
		);
	});

	it('tell no value when they cannot be read', () => {
		const said = (text: string) => {
			try {
				return JSON.stringify(read(text));
			} catch (error) {
				return String(error);
			}
		};
		for (const text of ['{ "Values": { "A": s3cret } }', '{ "Values": { "A": "s3cret', 's3cret', '{ "Values": { "A": "\\s3cret" } }'])
			expect(said(text)).not.toContain('s3cret');
	});

	it('that are a folder say so', () => {
		expect(() => readLocalSettings(folder.path)).toThrow('cannot be read: it is a folder: name a file.');
	});

	it('are read as UTF-16 and with a byte order mark too, as Windows writes them', () => {
		const file = join(folder.path, 'local.settings.json');
		const text = '\ufeff{ "Values": { "EMAIL_TO": "jürgen@contoso.com" } }';
		for (const encoding of ['utf8', 'utf16le'] as const) {
			writeFileSync(file, text, encoding);
			expect(readLocalSettings(file)).toEqual({ EMAIL_TO: 'jürgen@contoso.com' });
		}
		for (const bytes of [
			Buffer.from(text, 'utf16le').swap16(),
			Buffer.from(text.slice(1), 'utf16le'),
			Buffer.from(text.slice(1), 'utf16le').swap16(),
		]) {
			writeFileSync(file, bytes);
			expect(readLocalSettings(file)).toEqual({ EMAIL_TO: 'jürgen@contoso.com' });
		}
	});

	it('of another encoding are refused, so that no letter is lost', () => {
		const file = join(folder.path, 'local.settings.json');
		writeFileSync(file, '{ "Values": { "EMAIL_TO": "jürgen@contoso.com" } }', 'latin1');
		expect(() => readLocalSettings(file)).toThrow('is not UTF-8: save it in this encoding.');
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
