import type { Fault } from '../faults/fault.ts';
import type { SandboxState } from './page-data.ts';

const names = { graph: 'Graph', dataverse: 'Dataverse', identity: 'Identity', webhook: 'Webhook' } as const;

function deed(fault: Fault): string {
	switch (fault.kind) {
		case 'status':
			return `answers ${[fault.status, fault.code].filter(Boolean).join(' ')}`;
		case 'hang':
			return 'never answers';
		case 'reset':
			return 'breaks the connection';
		case 'lostAnswer':
			return 'works, but the answer is lost';
		case 'secured':
			return `secures ${fault.columns.join(', ')}`;
		case 'lacks':
			return `removes ${fault.privileges.join(', ')}`;
		case 'disabledUser':
			return 'has disabled the application user';
		case 'dates':
			return 'writes dates where seconds are usual';
		case 'cut':
			return 'works, but its answer breaks off';
		case 'endless':
			return 'works, but its answer never ends';
		case 'redirect':
			return `answers with a redirect (${fault.status})`;
		case 'exception':
			return 'says 200 and makes no lead, where it is a form of Salesforce';
		case 'slow':
			return `answers after ${fault.seconds} s`;
	}
}

/** The faults that are on, in words, one a service. */
export const faultTexts = (faults: SandboxState['faults']): string[] =>
	(Object.keys(names) as (keyof typeof names)[]).flatMap((service) => {
		const fault = faults[service];
		if (!fault) return [];
		const share = fault.share < 1 ? ` (${Math.round(fault.share * 100)} % of requests)` : '';
		return [`${names[service]}${fault.hook === undefined ? '' : ` (${fault.hook})`} ${deed(fault)}${share}`];
	});
