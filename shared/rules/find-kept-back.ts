import type { Route, RouteIssue } from './route.ts';

export interface Policies {
	testPolicy: 'deliver' | 'journal';
	dncPolicy: 'deliver' | 'journal';
}

/** The rules for leads that a policy keeps in the journal before any rule is asked. */
export function findKeptBack(routes: readonly Route[], { testPolicy, dncPolicy }: Policies): RouteIssue[] {
	return routes.flatMap(({ rule, when, choice }) => {
		if (choice.journalOnly) return [];
		const setting =
			when.test && testPolicy === 'journal'
				? 'LEAD_TEST_POLICY'
				: when.action?.every((action) => action === 'dnc') && dncPolicy === 'journal'
					? 'LEAD_DNC_POLICY'
					: undefined;
		return setting ? [{ rule, problem: `rule ${rule}: can never match, because ${setting} keeps its leads in the journal` }] : [];
	});
}
