import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { _, Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

/** @param {string} path @param {string} text Written only when it differs, so that watchers and parallel readers are left in peace. */
function write(path, text) {
	if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

const formats = ['duration', 'schedule', 'address', 'addresses', 'root', 'origin', 'guid', 'locale', 'timeZone'];

/** @param {string} folder Of the module that requires them. */
function formatsFrom(folder) {
	const path = relative(folder, 'shared/basics/formats.ts').replaceAll('\\', '/');
	return path.startsWith('.') ? path : `./${path}`;
}

/**
 * Makes of every `*.schema.json` below a folder a module that validates without ajv, so that starting the app costs nothing.
 * The schema's `title` is the name of the type that a valid value has; `<name>.ts` beside it exports that type.
 * CommonJS: ajv's ES module output mixes `export` with `require`.
 *
 * @param {string} folder
 */
export function compileSchemas(folder) {
	for (const name of readdirSync(folder, { recursive: true }).map(String)) {
		if (!name.endsWith('.schema.json')) continue;
		const path = join(folder, name);
		const schema = JSON.parse(readFileSync(path, 'utf8'));
		const ajv = new Ajv({
			allErrors: true,
			strictRequired: false,
			strictTypes: false, // a setting is a text: that each is one would be checked by code that is loaded at the start
			allowUnionTypes: true,
			code: { source: true, lines: true, formats: _`require(${formatsFrom(dirname(path))})` },
		});
		// The settings' own annotations and formats; what a schema does not use does not end in its module.
		ajv.addVocabulary(['allowed', 'kind', 'blocks', 'between', 'whenWrong', 'unlessChosen', 'perDestination', 'secret', 'optional']);
		for (const format of formats) ajv.addFormat(format, () => true);
		const target = path.replace(/\.json$/, '.generated');
		write(`${target}.cjs`, standaloneCode.default(ajv, ajv.compile(schema)));
		write(
			`${target}.d.cts`,
			`import type { ValidateFunction } from 'ajv';
import type { ${schema.title} } from './${basename(path, '.schema.json')}.ts';
declare const validate: ValidateFunction<${schema.title}>;
export = validate;
`,
		);
	}
}
