import { describe, expect, it } from '@jest/globals';
import { readHostSettings, toHostSettings } from '../../host/host-settings.ts';

describe('Host settings', () => {
	it('of this app are as the design wants them', () => {
		expect(readHostSettings('.')).toMatchObject({
			routePrefix: 'api',
			functionTimeoutMs: 300_000,
			queues: {
				batchSize: 1,
				newBatchThreshold: 3,
				maxDequeueCount: 5,
				visibilityTimeoutS: 30,
				maxPollingIntervalMs: 2000,
				messageEncoding: 'base64',
			},
		});
	});

	it('of an empty host.json are the host’s own defaults', () => {
		expect(toHostSettings({})).toMatchObject({
			routePrefix: 'api',
			functionTimeoutMs: 1_800_000,
			queues: { batchSize: 16, newBatchThreshold: 8, maxDequeueCount: 5, visibilityTimeoutS: 0, maxPollingIntervalMs: 60_000 },
		});
	});

	it('hear a function from the level that stands nearest to it', () => {
		const { leastLogLevel } = toHostSettings({
			logging: { logLevel: { default: 'Warning', Function: 'Information', 'Function.Quiet': 'Error' } },
		});
		expect(['Any', 'Quiet'].map(leastLogLevel)).toEqual(['information', 'error']);
		expect(toHostSettings({ logging: { logLevel: { default: 'Warning' } } }).leastLogLevel('Any')).toBe('warning');
	});

	it('know no time-out where it is -1, and refuse a time that is none', () => {
		expect(toHostSettings({ functionTimeout: '-1' }).functionTimeoutMs).toBeUndefined();
		expect(() => toHostSettings({ functionTimeout: 'PT5M' })).toThrow('functionTimeout is "PT5M"');
	});
});
