import { findDoubts } from '../shared/settings/find-doubts.ts';
import { issueName } from '../shared/settings/issue-name.ts';
import type { SweepDeps } from './sweep-deps.ts';

/** Logs settings that are valid, but probably not intended. */
export async function doubtSettings({ settings, log }: SweepDeps): Promise<void> {
	for (const issue of await findDoubts(settings))
		log({ event: 'setting.doubted', level: 'warn', names: [issueName(issue)], problem: issue.problem });
}
