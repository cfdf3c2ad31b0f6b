import { jsonAnswer, readJson, refusal, type StandIn } from '../stand-in.ts';

/** A service of one's own, which takes any JSON object. */
export const custom: StandIn = {
	refuse: (request) => {
		const reading = readJson(request);
		return 'why' in reading ? refusal(415, 'unsupported', reading.why) : undefined;
	},
	accept: (id) => jsonAnswer(201, { id }),
	toAnswer: ({ status, code, message }) => jsonAnswer(status, { error: { code: code || 'refused', message } }),
};
