import type { Readable } from 'node:stream';
import type { Environment } from '../../../shared/basics/environment.ts';
import type { CheckDeps } from '../../../shared/checks/check.ts';
import { openCheckDeps } from '../../../shared/checks/open-check-deps.ts';
import { openServices } from '../../../shared/services.ts';
import { runDoctor } from '../../../tools/doctor/run-doctor.ts';

interface Given {
	environment?: Environment;
	deps?: (deps: CheckDeps) => Partial<CheckDeps>;
	colour?: boolean;
	pause?: (ms: number) => Promise<void>;
	/** What is answered to every question; without it nobody can be asked. */
	answer?: boolean;
	stdin?: Readable;
}

/** Runs `npm run doctor -- …`: its exit code and what it said. */
export async function runTool(
	args: string[],
	{ environment = {}, deps = () => ({}), colour = false, pause = async () => undefined, answer, stdin }: Given = {},
) {
	const said = { out: '', notes: '', questions: [] as string[] };
	const code = await runDoctor(args, {
		terminal: {
			print: async (text) => {
				said.out += text;
			},
			note: (text) => {
				said.notes += `${text}\n`;
			},
			progress: () => undefined,
			...(answer !== undefined && {
				confirm: async (question: string) => {
					said.questions.push(question);
					return answer;
				},
			}),
		},
		colour,
		environment,
		open: (settings) => {
			for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) if (settings[name]) process.env[name] = settings[name];
			const usual = { ...openCheckDeps(settings, openServices(settings)), nodeVersion: '24.11.0' };
			return { ...usual, ...deps(usual) };
		},
		pause,
		...(stdin && { stdin }),
	});
	return { code, ...said };
}
