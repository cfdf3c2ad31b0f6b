/** `npm test`: builds, checks types, lints, looks for what no one uses, runs every test; the last line counts. Arguments go to jest. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @param {string[]} command */
function run(...command) {
	console.log(`> ${command.join(' ')}`);
	return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}

const bin = (/** @type {string} */ path) => join('node_modules', path);
const report = join(mkdtempSync(join(tmpdir(), 'lead-intake-test-')), 'report.json');
const steps = [
	() => run('tools/build.js'),
	() => run(bin('typescript/bin/tsc')),
	() => run(bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'),
	() => run(bin('knip/bin/knip.js')),
	() => run(bin('jest/bin/jest.js'), '--json', `--outputFile=${report}`, ...process.argv.slice(2)),
];
let failed = 0;
let passed = 0;
for (const step of steps.slice(0, -1)) failed += step() ? 0 : 1;
const green = steps.at(-1)?.();
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
