import { issueName } from '../shared/settings/issue-name.ts';
import type { SweepDeps } from './sweep-deps.ts';

/** Logs what is wrong among the settings, in each sweep. */
export async function tellMisconfigured({ settings, log }: Pick<SweepDeps, 'settings' | 'log'>): Promise<void> {
	for (const issue of settings.issues) {
		const { problem, allowed } = issue;
		log({ event: 'delivery.misconfigured', level: 'error', names: [issueName(issue)], problem, allowed });
	}
}
