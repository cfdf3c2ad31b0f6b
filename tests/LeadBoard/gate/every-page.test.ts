import { HttpRequest, InvocationContext } from '@azure/functions';
import { describe, expect, it } from '@jest/globals';
import { serveBoard } from '../../../LeadBoard/serve-board.ts';
import { openServices } from '../../../shared/services.ts';
import { workingSettings } from '../../support/app.ts';
import { type Asking, asking, refusedPrincipals } from '../../support/principals.ts';

const paths = [
	'/board',
	'/board/leads',
	'/board/charts',
	'/board/charts?days=90',
	'/board/export?format=csv',
	'/api/board/today',
	'/api/board/charts',
];

it.each(refusedPrincipals)('no page and no file of the board is for %s', async (_, why, { headers, environment, board }) => {
	const { ask, opened } = open({ headers, environment, board });
	for (const path of paths) {
		const { status, cache, said } = await ask(path);
		expect([path, status, cache]).toEqual([path, 403, 'no-store']);
		expect(said).toContain(why);
	}
	expect(opened).toEqual([]);
});

describe('a page that someone has open elsewhere', () => {
	const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
	const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

	it.each([
		...paths,
		'/board/leads/1',
		'/board/leads/1/sent/email',
		'/board/rejected',
		'/board/nowhere',
		'/api/board/states',
		'/BOARD/charts',
	])('starts no work at %s by an image, asked for by GET or HEAD', async (path) => {
		const { ask, opened } = open(asking());
		for (const method of ['GET', 'HEAD'] as const)
			expect(await ask(path, foreign, method)).toMatchObject({ status: 403, said: expect.stringContaining('foreign request') });
		expect(opened).toEqual([]);
	});

	it('may lead a person to a page by a link, and to nothing that a script asks for', async () => {
		const { ask, opened } = open(asking());
		const lead = async (path: string) => (await ask(path, link)).status;
		expect(await Promise.all(['/api/board/today', '/API/board/charts'].map(lead))).toEqual([403, 403]);
		expect(opened).toEqual([]);
		// 503: it was let in, and there is no journal here.
		expect(await Promise.all(['/board', '/board/leads?state=parked', '/board/charts?days=90'].map(lead))).toEqual([503, 503, 503]);
	});
});

/** The board without a journal; tells when someone came as far as to it. */
function open({ headers, environment, board }: Asking) {
	const opened: string[] = [];
	const services = openServices({ ...workingSettings, AzureWebJobsStorage: 'UseDevelopmentStorage=true' });
	const handler = serveBoard(
		{
			...services,
			settings: { ...services.settings, ...board },
			journal: async () => {
				opened.push('journal');
				throw new Error('nothing is here');
			},
		},
		environment,
	);
	const ask = async (path: string, more: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') => {
		const lines: string[] = [];
		const request = new HttpRequest({ method, url: `http://127.0.0.1${path}`, headers: { ...Object.fromEntries(headers), ...more } });
		const context = new InvocationContext({ logHandler: (_level, ...said) => void lines.push(said.join()) });
		const answer = (await handler(request, context)) as { status: number; headers: [string, string][] };
		return { status: answer.status, cache: new Map(answer.headers).get('cache-control'), said: lines.join() };
	};
	return { ask, opened };
}
