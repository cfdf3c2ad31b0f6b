import { cooldownReasons } from '../../shared/delivery/cooldown.ts';
import { relativeText } from '../../shared/operate/time-words.ts';
import type { Count, Today } from './read-today.ts';

/** One thing that a person must do, in the order of urgency. */
export interface Todo {
	what: string;
	how: string;
	href?: string;
	/** What the link says. */
	link?: string;
	/** Leads wait or are lost to sales until it is done. */
	isBad: boolean;
}

/** A lead that waits for longer than this without a reason that is told already is a thing to look at. */
const longMs = 3_600_000;

const counted = ({ count, more }: Count, noun: string) => `${count}${more ? ' or more' : ''} ${noun}${count === 1 ? '' : 's'}`;

/** What a person must do first: what keeps leads from sales comes before what only waits to be tidied up. */
export function toTodo({ now, destinations, parked, undecided, rejected, issues }: Today): Todo[] {
	const todo: Todo[] = [];
	const blocking = issues.filter(({ blocks }) => blocks.length > 0);
	for (const { setting, problem, allowed, blocks } of issues)
		todo.push({
			what: `The setting ${setting} ${problem}.`,
			how: `Allowed: ${allowed}.${blocks.length > 0 ? ` Deliveries to ${new Intl.ListFormat('en').format(blocks)} wait for it.` : ''}`,
			isBad: blocks.length > 0,
		});
	if (undecided.count > 0)
		todo.push({
			what: `${counted(undecided, 'lead')} do not know where to go.`.replace(/^1 lead do not/, '1 lead does not'),
			how: 'Set LEAD_DESTINATIONS: the next sweep then delivers them.',
			href: '/board/leads?state=undecided',
			link: 'Show them',
			isBad: true,
		});
	for (const { name, cooldown, waiting } of destinations)
		if (
			cooldown &&
			(cooldown.why === 'configuration' || cooldown.why === 'refused') &&
			!blocking.some(({ blocks }) => blocks.includes(name))
		)
			todo.push({
				what: `${name} is paused: ${cooldownReasons[cooldown.why]} (${cooldown.code}).`,
				how: `${cooldown.names ? `Fix ${cooldown.names.join(', ')}, then try it again. ` : ''}${counted(waiting, 'lead')} ${waiting.count === 1 ? 'waits' : 'wait'}.`,
				href: `/board/leads?state=pending&destination=${encodeURIComponent(name)}`,
				link: 'Show them',
				isBad: true,
			});
	for (const { name, isRemoved, waiting } of destinations)
		if (isRemoved)
			todo.push({
				what: `${counted(waiting, 'lead')} ${waiting.count === 1 ? 'waits' : 'wait'} for ${name}, which no setting names any more.`,
				how: 'Set it up again under the same name, or close them.',
				href: `/board/leads?state=pending&destination=${encodeURIComponent(name)}`,
				link: 'Show them',
				isBad: true,
			});
	if (parked.count > 0)
		todo.push({
			what: `${counted(parked, 'delivery').replace(/deliverys$/, 'deliveries')} ${parked.count === 1 ? 'is' : 'are'} parked.`,
			how: 'Nothing parked is tried again by itself: read why, then replay or close it.',
			href: '/board/leads?state=parked',
			link: 'Decide',
			isBad: true,
		});
	for (const { name, isRemoved, cooldown, oldest, waiting } of destinations)
		if (!isRemoved && !cooldown && oldest !== undefined && now - oldest > longMs)
			todo.push({
				what: `A lead for ${name} was received ${relativeText(oldest, now)} and still waits.`,
				how: `${counted(waiting, 'lead')} ${waiting.count === 1 ? 'waits' : 'wait'}, and ${name} is not paused: look at the latest attempts.`,
				href: `/board/leads?state=pending&destination=${encodeURIComponent(name)}`,
				link: 'Show them',
				isBad: false,
			});
	if (rejected.count > 0)
		todo.push({
			what: `${counted(rejected, 'payload')} could not be read as a lead.`,
			how: 'Read them again, or close them.',
			href: '/board/rejected',
			link: 'Look',
			isBad: false,
		});
	// What blocks comes first; the order is otherwise the one above.
	return [...todo.filter(({ isBad }) => isBad), ...todo.filter(({ isBad }) => !isBad)];
}
