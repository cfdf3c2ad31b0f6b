import type { Cuttable } from './drill.ts';

/** How long an outage may last, in seconds, and how people say it. The first is the usual one. */
export const lengths = [
	[60, '1 minute'],
	[300, '5 minutes'],
	[1200, '20 minutes'],
] as const;

const names: Record<string, string> = { graph: 'Graph', dataverse: 'Dataverse', webhook: 'the webhooks' };

/** Those that are several. */
const plurals = new Set<string>(['webhook']);

/** A service, as it is called inside a sentence. */
export const nameOf = (service: string): string => names[service] ?? service;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How a service is: `Graph works.` */
export function stateText({ service, until }: Cuttable, toTime: (iso: string) => string): string {
	const plural = plurals.has(service);
	const name = capital(nameOf(service));
	if (until === undefined) return `${name} ${plural ? 'work' : 'works'}.`;
	return `${name} ${plural ? 'are' : 'is'} cut off. ${plural ? 'They work' : 'It works'} again by ${plural ? 'themselves' : 'itself'} at ${toTime(until)}.`;
}

/** What someone sees who does it, in the order in which it happens. */
export const steps = [
	'Cut off a service, then post leads (npm run post). Each is answered with 202: the intake does not depend on the service.',
	'After three failed leads the destination is paused. The board says it on Today, with the time of the next try, and each lead waits there.',
	'The service works again. At its next try the app delivers what waits, each lead once. The board shows every attempt, and Today is calm again.',
] as const;
