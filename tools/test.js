/**
 * `npm test`: builds, then runs every test and, beside them, checks types, lints and looks for what no one uses; the last line counts. Arguments go to jest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';

/** @param {string[]} command */
async function run(...command) {
	console.log(`> ${command.join(' ')}`);
	const [code] = await once(spawn(process.execPath, command, { stdio: 'inherit' }), 'close');
	return code === 0;
}

/**
 * Runs with what the tests leave of the processors, which wait for something a sixth of their time. What it says is shown when it has ended, in one piece.
 *
 * @param {string[]} command
 */
async function runBeside(...command) {
	const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
	try {
		setPriority(child.pid ?? 0, constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {
		// It has ended already, or the system forbids it: then it runs as the tests do.
	}
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text) => {
			said += text;
		});
	const [code] = await once(child, 'close');
	console.log(`> ${command.join(' ')}\n${said}`);
	return code === 0;
}

const bin = (/** @type {string} */ path) => join('node_modules', path);
const report = join(mkdtempSync(join(tmpdir(), 'lead-intake-test-')), 'report.json');
const checks = [
	[bin('typescript/bin/tsc')],
	[bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
	[bin('knip/bin/knip.js')],
];
/** How many of them failed; one after the other. */
async function runChecks() {
	let failed = 0;
	for (const check of checks) failed += (await runBeside(...check)) ? 0 : 1;
	return failed;
}

let passed = 0;
let failed = (await run('tools/build.js')) ? 0 : 1;
const [green, failedChecks] = await Promise.all([
	run(bin('jest/bin/jest.js'), '--json', `--outputFile=${report}`, ...process.argv.slice(2)),
	runChecks(),
]);
failed += failedChecks;
try {
	const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
	passed = numPassedTests;
	failed += numFailedTests || (green ? 0 : numFailedTestSuites || 1);
} catch (error) {
	console.error(`jest wrote no report: ${error}`);
	failed++;
}
rmSync(join(report, '..'), { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
