import type { TimerHandler } from '@azure/functions';
import { codeOf } from '../shared/basics/failures.ts';
import { logTo } from '../shared/basics/log.ts';
import { openInTime } from '../shared/queues/open-in-time.ts';
import type { Services } from '../shared/services.ts';
import { decideUndecided } from './decide-undecided.ts';
import { doubtSettings } from './doubt-settings.ts';
import { drainSpill } from './drain-spill.ts';
import { forgetErased } from './forget-erased.ts';
import { lookAtPoison } from './look-at-poison.ts';
import { purgeExpired } from './purge-expired.ts';
import { reportJournal } from './report-journal.ts';
import { ringOverdue } from './ring-overdue.ts';
import { storageTimeoutMs } from './sweep-deps.ts';
import { tellMisconfigured } from './tell-misconfigured.ts';

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
		const deps = { ...openInTime(services, storageTimeoutMs), log };
		for (const [duty, run] of Object.entries(duties))
			try {
				await run(deps);
			} catch (error) {
				log({ event: 'sweep.failed', level: 'error', duty, code: codeOf(error) });
			}
	};
