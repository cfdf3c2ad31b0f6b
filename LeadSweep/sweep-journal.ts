import type { TimerHandler } from '@azure/functions';
import { storageTimeoutMs } from '../shared/basics/create-deadlines.ts';
import { codeOf } from '../shared/basics/failures.ts';
import { logTo } from '../shared/basics/log.ts';
import { openInTime } from '../shared/queues/queue-deps.ts';
import type { Services } from '../shared/services.ts';
import { findDoubts } from '../shared/settings/find-doubts.ts';
import { issueName } from '../shared/settings/settings.ts';
import { decideUndecided } from './decide-undecided.ts';
import { drainSpill } from './drain-spill.ts';
import { lookAtPoison } from './look-at-poison.ts';
import { purgeExpired } from './purge-expired.ts';
import { reportJournal } from './report-journal.ts';
import { ringOverdue } from './ring-overdue.ts';
import { dutyMs, mostPerRun, type SweepDeps } from './sweep-deps.ts';

const duties = {
	tellMisconfigured,
	doubtSettings,
	drainSpill,
	decideUndecided,
	lookAtPoison,
	ringOverdue,
	purgeExpired,
	forgetErased,
	reportJournal,
};

/** What time brings. The failure of one duty stops no other. */
export const sweepJournal =
	(services: Services): TimerHandler =>
	async (_timer, context) => {
		const log = logTo(context);
		const deps = { ...openInTime(services, storageTimeoutMs.step), log };
		for (const [duty, run] of Object.entries(duties))
			try {
				await run({ ...deps, over: deps.deadline(dutyMs) });
			} catch (error) {
				log({ event: 'sweep.failed', level: 'error', duty, code: codeOf(error) });
			}
	};

/** Logs settings that are valid, but probably not intended. */
async function doubtSettings({ settings, log }: SweepDeps): Promise<void> {
	for (const issue of await findDoubts(settings))
		log({ event: 'setting.doubted', level: 'warn', names: [issueName(issue)], problem: issue.problem });
}

/** Logs what is wrong among the settings, in each sweep. */
async function tellMisconfigured({ settings, log }: Pick<SweepDeps, 'settings' | 'log'>): Promise<void> {
	for (const issue of settings.issues) {
		const { problem, allowed } = issue;
		log({ event: 'delivery.misconfigured', level: 'error', names: [issueName(issue)], problem, allowed });
	}
}

/** Removes what is left of erased leads whose dedupe window has ended. How many. */
export async function forgetErased({ settings, clock, deadline, journal, over }: SweepDeps): Promise<number> {
	const table = await journal();
	return table.forget({ receivedUntil: clock() - settings.dedupeWindowMs, most: mostPerRun }, () => deadline(storageTimeoutMs.step), over);
}
