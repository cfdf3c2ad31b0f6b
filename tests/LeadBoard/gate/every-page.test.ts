import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, it } from '@jest/globals';
import { serveBoard } from '../../../LeadBoard/serve-board.ts';
import { openServices } from '../../../shared/services.ts';
import { workingSettings } from '../../support/app.ts';
import { refusedPrincipals } from '../../support/principals.ts';

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
	for (const path of paths) {
		const lines: string[] = [];
		const request = new HttpRequest({ method: 'GET', url: `http://127.0.0.1${path}`, headers: Object.fromEntries(headers) });
		const context = new InvocationContext({ logHandler: (_level, ...said) => void lines.push(said.join()) });
		const answer = (await handler(request, context)) as { status: number; headers: [string, string][] };
		expect([path, answer.status, new Map(answer.headers).get('cache-control')]).toEqual([path, 403, 'no-store']);
		expect(lines.join()).toContain(why);
	}
	expect(opened).toEqual([]);
});
