import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };

/** Each command of package.json that the build makes: its name, and what is run. */
const commands = Object.entries(packageJson.scripts).flatMap(([name, script]) =>
	Array.from(script.matchAll(/node (dist\/\S+\.mjs)/g), ([, file = '']) => [name, file] as const),
);

const run = (file: string, argument: string) =>
	new Promise<{ code: unknown; out: string; notes: string }>((resolve) => {
		// Without a browser: what would run in spite of the option ends at once.
		const env = { PATH: process.env.PATH, CHROMIUM: '/nowhere' };
		execFile(process.execPath, [file, argument], { env, timeout: 30_000 }, (error, out, notes) =>
			resolve({ code: error?.code, out, notes }),
		);
	});

describe('the commands of package.json', () => {
	it('are found', () => {
		expect(commands.length).toBeGreaterThan(9);
	});

	it.each(commands)(
		'do nothing for an option that they do not know: npm run %s',
		async (_, file) => {
			expect(await run(file, '--no-such-option')).toEqual({
				code: 2,
				out: '',
				notes: expect.stringMatching(/unknown option '--no-such-option'/),
			});
		},
		30_000,
	);
});
