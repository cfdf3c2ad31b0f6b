import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { UnprovenAnswer } from '../../basics/failures.ts';

/**
 * The whole body as text, up to so many bytes, within so many milliseconds.
 *
 * @throws {UnprovenAnswer} when it goes on behind them
 */
export function readBody(
	{ readableStreamBody: stream, bodyAsText }: PipelineResponse,
	{ mostBytes, longestMs }: { mostBytes: number; longestMs: number },
): Promise<string> {
	if (!stream) return Promise.resolve(bodyAsText ?? '');
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		const end = (how: () => void) => {
			clearTimeout(timer);
			how();
		};
		const giveUp = (why: Error) => {
			end(() => reject(why));
			(stream as Partial<{ destroy: () => void }>).destroy?.();
		};
		const timer = setTimeout(() => giveUp(new DOMException('storage did not answer in time', 'TimeoutError')), longestMs);
		stream.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes <= mostBytes) chunks.push(chunk);
			else giveUp(new UnprovenAnswer('storage', `an end within ${mostBytes} bytes`));
		});
		stream.on('end', () => end(() => resolve((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8'))));
		stream.on('error', (error) => end(() => reject(error)));
		// A connection that is closed half-way may end without either. After them, no one hears it.
		stream.on('close', () => end(() => reject(Object.assign(new Error('the connection was closed half-way'), { code: 'ECONNRESET' }))));
	});
}
