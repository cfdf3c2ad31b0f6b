import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

interface InBrowser {
	browser(): Browser;
	/** The pages, built afresh. */
	pagesFolder(): string;
}

/** Tests of the built pages in Chromium. Where there is none they are skipped aloud; with `CI=true` that is a failure. */
export function describeInBrowser(name: string, tests: (deps: InBrowser) => void): void {
	if (!existsSync(executablePath) && process.env.CI !== 'true') {
		console.warn(`SKIPPED "${name}": there is no Chromium at ${executablePath} (set CHROMIUM to its path).`);
		describe.skip(name, () => tests({ browser: missing, pagesFolder: missing }));
		return;
	}
	describe(name, () => {
		jest.setTimeout(60_000);
		let browser: Browser | undefined;
		let folder: string | undefined;
		beforeAll(async () => {
			folder = await mkdtemp(join(tmpdir(), 'sandbox-pages-'));
			await build({
				entryPoints: ['start', 'mailbox', 'crm', 'messages'].map((page) => `sandbox/pages/${page}.page.tsx`),
				outdir: folder,
				bundle: true,
				format: 'esm',
				target: 'es2022',
				jsx: 'automatic',
				jsxImportSource: 'preact',
				logLevel: 'warning',
			});
			browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
		});
		afterAll(async () => {
			await browser?.close();
			if (folder) await rm(folder, { recursive: true });
		});
		tests({ browser: () => browser ?? missing(), pagesFolder: () => folder ?? missing() });
	});
}

function missing(): never {
	throw new Error('the browser was not started');
}
