import { jsonAnswer, readJson, refusal, type StandIn, textAnswer } from '../stand-in.ts';

/**
 * A scenario of Zapier, Make or n8n. Their mapping panes learn the members from the first lead: a value with members of its own is refused here, although
 * they take it. It answers as Zapier does; refused are requests in the words of the one that has such a refusal.
 */
export const json: StandIn = {
	refuse: (request) => {
		const reading = readJson(request);
		if ('why' in reading) return refusal(400, 'invalid', reading.why);
		const deep = Object.entries(reading.body).find(([, value]) => typeof value === 'object');
		return deep ? refusal(400, 'invalid', 'A member is not a plain value.') : undefined;
	},
	// https://help.zapier.com/hc/en-us/articles/29972220283789
	accept: (id) => jsonAnswer(200, { attempt: id, id, request_id: id, status: 'success' }),
	toAnswer: ({ status, code, message }) => {
		// Make, whose scenario has not run: https://www.make.com/en/help
		if (status === 400 && code === '') return textAnswer(400, 'Queue is full.');
		// n8n, whose workflow is not active.
		if (status === 404 && code === '') return jsonAnswer(404, { code: 404, message: 'The requested webhook is not registered.' });
		if (status === 410 && code === '') return textAnswer(410, 'There is no scenario listening for this webhook.');
		return jsonAnswer(status, { status: 'error', code, message });
	},
};
