import { beforeAll, describe, expect, it } from '@jest/globals';
import { build, type Metafile } from 'esbuild';
import { productBundle } from '../tools/product-bundle.js';

/** What is loaded when the app starts, by following every import of the bundle that is not `import()`. */
function loadedAtStart({ inputs }: Metafile): string[] {
	const seen = new Set<string>();
	const visit = (path: string) => {
		if (seen.has(path)) return;
		seen.add(path);
		for (const { path: next, kind } of inputs[path]?.imports ?? []) if (kind !== 'dynamic-import' && inputs[next]) visit(next);
	};
	visit('main.ts');
	return [...seen];
}

describe('starting the app', () => {
	let metafile: Metafile;
	beforeAll(async () => {
		({ metafile } = await build(productBundle));
	});

	it('loads no delivery, no sweep, no Graph, identity, Dataverse or template code, no phone numbers and no countries: the intake depends on storage alone', () => {
		const loaded = loadedAtStart(metafile);
		expect(loaded).toContain('LeadIntake/receive-lead.ts');
		const foreign =
			/microsoft-graph|@azure\/(identity|msal|core-)|ts-http-runtime|mustache|hono|LeadDelivery\/|LeadSweep\/|LeadBoard\/(?!serve-board)|libphonenumber|i18n-iso-countries|destinations\/(email|crm|webhook)\/|shared\/checks\//;
		// What a destination says of itself: its settings, its choices, and what checks them.
		const light =
			/\/(email|crm|webhook)\.ts$|\/(email|crm|webhook)-(settings|choices)\.|crm-record-url|crm\/field-map\/|webhook\/(endpoint-names|format-traits|read-parts|read-url)\.ts$/;
		expect(loaded.filter((path) => foreign.test(path) && !light.test(path))).toEqual([]);
	});

	it('loads at most 350 KB of code', () => {
		const files = new Set<string>();
		const load = (file: string) => {
			if (files.has(file)) return;
			files.add(file);
			for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
				if (kind === 'import-statement' && metafile.outputs[path]) load(path);
		};
		load('dist/main.cjs');
		const bytes = [...files].reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
		expect(bytes).toBeLessThanOrEqual(350_000);
	});

	it('loads the rest only where a delivery, or storage by identity, asks for it', () => {
		const later = Object.entries(metafile.inputs)
			.filter(([path]) => !path.startsWith('node_modules/'))
			.flatMap(([path, { imports }]) => imports.filter(({ kind }) => kind === 'dynamic-import').map((next) => `${path} > ${next.path}`));
		expect(later.sort()).toEqual([
			'LeadBoard/answer-board.ts > LeadBoard/board-routes.tsx',
			'LeadBoard/serve-board.ts > LeadBoard/answer-board.ts',
			'LeadHealth/report-health.ts > LeadHealth/check-health.ts',
			'LeadSweep/purge-expired.ts > shared/operate/lead-facets.ts',
			'main.ts > LeadDelivery/answer-bell.ts',
			'main.ts > LeadSweep/sweep-journal.ts',
			'shared/destinations/crm/crm.ts > shared/destinations/crm/load-crm.ts',
			'shared/destinations/email/email.ts > shared/destinations/email/load-email.ts',
			'shared/destinations/webhook/webhook.ts > shared/destinations/webhook/load-webhook.ts',
			'shared/destinations/webhook/webhook.ts > shared/destinations/webhook/send/forbidden-address.ts',
			'shared/operate/export/to-workbook.ts > node_modules/fflate/esm/index.mjs',
			'shared/operate/export/to-workbook.ts > node_modules/write-excel-file/node/index.js',
			'shared/rules/doubtful-rules.ts > shared/person/countries.ts',
			'shared/rules/match-route.ts > shared/person/countries.ts',
			'shared/services.ts > shared/delivery/ask-once.ts',
			'shared/services.ts > shared/tokens/open-credential.ts',
			'shared/storage/account/storage-line.ts > shared/storage/account/open-proxied.ts',
			'shared/storage/open-storage.ts > shared/tokens/open-credential.ts',
		]);
	});
});
