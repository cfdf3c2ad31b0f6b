import { runLeads } from '../../tools/leads/run-leads.ts';
import type { App } from './app.ts';

/** Runs `npm run leads -- …` on an app's journal: its exit code and what it said. `answer` is given to every question; without it nobody can be asked. */
export async function runTool(app: App, args: string, answer?: boolean, destinations?: string[]) {
	const said = { out: '', notes: '', progress: [] as string[], questions: [] as string[] };
	const code = await runLeads(words(args), {
		terminal: {
			print: async (text) => {
				said.out += text;
			},
			note: (text) => {
				said.notes += `${text}\n`;
			},
			progress: (text) => void said.progress.push(text),
			...(answer !== undefined && {
				confirm: async (question: string) => {
					said.questions.push(question);
					return answer;
				},
			}),
		},
		clock: () => app.now,
		environment: {},
		...(destinations && { destinations }),
		pause: app.services.pause,
		open: async () => ({ journal: app.services.journal, bell: app.services.bell, queue: app.services.queue, where: 'the test journal' }),
	});
	return { code, ...said, json: () => JSON.parse(said.out) };
}

/** Words as a shell splits them; 'one of several' in quotes. */
const words = (line: string) => Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');
