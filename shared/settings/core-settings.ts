import { durationMs } from '../basics/time.ts';

/** What the app itself needs to know besides where leads go; the destinations have theirs in their folders. */
export interface CoreSettings {
	testPolicy: 'deliver' | 'journal';
	dncPolicy: 'journal' | 'deliver';
	/** Whether an earlier lead of the same person is mentioned. */
	samePerson: 'deliver' | 'mention';
	dedupeWindowMs: number;
	retentionMs: number;
	sweepSchedule: string;
	retryWindowMs: number;
	retryFirstMs: number;
	attemptTimeoutMs: number;
	/** Client id of the user-assigned identity. */
	clientId?: string;
	/** Who may see the board: the app registration that people sign in with, and their tenant, in small letters. Absent unless both are right: it is closed then. */
	board?: { clientId: string; tenantId: string };
}

/** @param text the text of a setting that is set and right, or its default, or `''` */
export function readCoreSettings(text: (name: string) => string): CoreSettings {
	const [clientId, tenantId] = ['BOARD_CLIENT_ID', 'BOARD_TENANT_ID'].map((name) => text(name).toLowerCase());
	const milliseconds = (name: string) => durationMs(text(name)) ?? 0;
	return {
		testPolicy: text('LEAD_TEST_POLICY') === 'journal' ? 'journal' : 'deliver',
		dncPolicy: text('LEAD_DNC_POLICY') === 'deliver' ? 'deliver' : 'journal',
		samePerson: text('LEAD_SAME_PERSON') === 'mention' ? 'mention' : 'deliver',
		dedupeWindowMs: milliseconds('LEAD_DEDUPE_WINDOW'),
		retentionMs: milliseconds('LEAD_RETENTION'),
		sweepSchedule: text('LEAD_SWEEP_SCHEDULE'),
		retryWindowMs: milliseconds('DELIVERY_RETRY_WINDOW'),
		retryFirstMs: milliseconds('DELIVERY_RETRY_FIRST'),
		attemptTimeoutMs: milliseconds('DELIVERY_ATTEMPT_TIMEOUT'),
		...(text('AZURE_CLIENT_ID') && { clientId: text('AZURE_CLIENT_ID') }),
		...(clientId && tenantId && { board: { clientId, tenantId } }),
	};
}
