import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toHostSettings } from '../../host/host-settings.ts';
import { readHostFile } from '../../host/read-host-file.ts';
import type { AppSettings } from '../../host/setting-of.ts';

function read(text: string, settings: AppSettings = {}) {
	const file = readHostFile(() => text, settings);
	if (!file) throw new Error('no host.json');
	return toHostSettings(file);
}

const queuesOf = (queues: object) => read(JSON.stringify({ extensions: { queues } }));

describe('Host settings', () => {
	it('of this app are as the design wants them', () => {
		expect(read(readFileSync('host.json', 'utf8'))).toMatchObject({
			settings: {
				routePrefix: '',
				functionTimeoutMs: 300_000,
				queues: {
					batchSize: 1,
					newBatchThreshold: 3,
					maxDequeueCount: 5,
					visibilityTimeoutS: 30,
					maxPollingIntervalMs: 2000,
					messageEncoding: 'base64',
				},
			},
			problems: [],
		});
	});

	it('of an empty host.json are the host’s own defaults', () => {
		expect(read('{}')).toMatchObject({
			settings: {
				routePrefix: 'api',
				functionTimeoutMs: 1_800_000,
				queues: { batchSize: 16, newBatchThreshold: 8, maxDequeueCount: 5, visibilityTimeoutS: 0, maxPollingIntervalMs: 60_000 },
			},
			problems: [],
		});
	});

	it.each(['', '[]', 'null', '"text"', '{', '{} {}'])('are none where host.json is %j', (text) => {
		expect(readHostFile(() => text, {})).toBeUndefined();
	});

	it('are found in any case, and app settings win: with __ or : between the names', () => {
		const text = '\ufeff{ "Extensions": { "QUEUES": { "batchsize": 2, "MaxDequeueCount": 3, }, } } // ours';
		const settings = { AzureFunctionsJobHost__extensions__queues__BatchSize: '4', 'azurefunctionsjobhost:extensions:HTTP:routePrefix': '' };
		expect(read(text, settings).settings).toMatchObject({
			queues: { batchSize: 4, newBatchThreshold: 2, maxDequeueCount: 3 },
			routePrefix: '',
		});
		expect(read(text, { ...settings, 'azurefunctionsjobhost:extensions:HTTP:routePrefix': 'v1' }).settings.routePrefix).toBe('v1');
	});

	// What Storage.Queues 5.3.10 answers.
	it.each([
		['batchSize', '32', { batchSize: 32, newBatchThreshold: 16 }],
		['batchSize', ' +4 ', { batchSize: 4 }],
		['batchSize', 3, { batchSize: 3, newBatchThreshold: 1 }],
		['newBatchThreshold', 0, { newBatchThreshold: 0 }],
		['maxDequeueCount', 1, { maxDequeueCount: 1 }],
		['visibilityTimeout', '30', { visibilityTimeoutS: 30 * 86_400 }],
		['visibilityTimeout', '-00:00:30', { visibilityTimeoutS: -30 }],
		['visibilityTimeout', '00:00:00.9', { visibilityTimeoutS: 0 }],
		['maxPollingInterval', '00:00:00.1', { maxPollingIntervalMs: 100 }],
		['messageEncoding', ' NONE ', { messageEncoding: 'none' }],
		['messageEncoding', 0, { messageEncoding: 'none' }],
		['messageEncoding', '1', { messageEncoding: 'base64' }],
	])('take for %s %j what the host takes', (name, value, expected) => {
		const { settings, problems } = queuesOf({ [name]: value });
		expect(problems).toEqual([]);
		expect(settings.queues).toMatchObject(expected);
	});

	it.each([
		['batchSize', 33],
		['batchSize', 0],
		['batchSize', ''],
		['batchSize', '4.0'],
		['batchSize', 1.5],
		['batchSize', true],
		['newBatchThreshold', -1],
		['maxDequeueCount', 0],
		['maxDequeueCount', '2147483648'],
		['visibilityTimeout', ''],
		['visibilityTimeout', 'PT30S'],
		['maxPollingInterval', '00:00:00'],
		['maxPollingInterval', '00:00:00.05'],
		['messageEncoding', 'utf8'],
		['messageEncoding', ''],
	])('refuse for %s %j, with which the host does not start', (name, value) => {
		expect(queuesOf({ [name]: value }).problems).toEqual([{ name: `queues.${name}`, allowed: expect.anything() }]);
	});

	it.each([
		['00:05:00', 300_000],
		['-1', undefined],
		['-1.00:00:00', undefined],
		['', 1_800_000],
		['00:00:01', 1000],
	])('have for functionTimeout %j a limit of %s ms', (functionTimeout, expected) => {
		const { settings, problems } = read(JSON.stringify({ functionTimeout }));
		expect([settings.functionTimeoutMs, problems]).toEqual([expected, []]);
	});

	it.each(['PT5M', '00:00:00', '00:00:00.5', '-2', '-00:05:00'])('refuse for functionTimeout %j', (functionTimeout) => {
		expect(read(JSON.stringify({ functionTimeout })).problems).toMatchObject([{ name: 'functionTimeout' }]);
	});

	// What Microsoft.Extensions.Logging 10.0.10 answers for the category Function.Quiet.User.
	it.each([
		[{}, 'information'],
		[{ Default: 'Error' }, 'error'],
		[{ default: 'Warning', Function: 'Information', 'Function.Quiet': 'Error' }, 'error'],
		[{ 'function.quiet': 'error', Function: 'Debug' }, 'error'],
		[{ 'Function.Quiet.Users': 'Error', Function: 'Debug' }, 'debug'],
		[{ Fun: 'Error' }, 'error'],
		[{ '*.User': 'Error' }, 'error'],
		[{ 'Function*User': 'Error' }, 'error'],
		[{ Function: '', default: 'Error' }, 'error'],
		[{ Function: 3 }, 'warning'],
		[{ Function: ' None ' }, 'none'],
		[{ Host: 'Error', 'Host.Results': 'Error' }, 'information'],
	])('hear a function by the level that stands nearest to it: %j', (logLevel, expected) => {
		expect(read(JSON.stringify({ logging: { logLevel } })).settings.leastLogLevel('Quiet')).toBe(expected);
	});

	it('hear a function by a level that an app setting gives', () => {
		const settings = { AzureFunctionsJobHost__logging__logLevel__Function: 'Critical' };
		expect(read('{"logging":{"logLevel":{"default":"Warning"}}}', settings).settings.leastLogLevel('Any')).toBe('critical');
	});

	it('refuse a level that is none', () => {
		expect(read('{"logging":{"logLevel":{"Function":"loud"}}}').problems).toMatchObject([{ name: 'logLevel.Function' }]);
	});
});
