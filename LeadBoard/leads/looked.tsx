/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { timeOfLeadId } from '../../shared/lead/lead-id.ts';
import { timeText } from '../../shared/operate/time-words.ts';

export interface LookedProps {
	looked: number;
	/** What was looked at. */
	of?: string;
	/** The first one is behind this; absent: it is the newest. */
	after?: string | undefined;
	/** The last one. */
	next: string;
	children?: Child;
}

/**
 * How far was looked before the page was full, and where to look further. With a script the page goes on by itself, by the link or the form in here, and
 * appends what it finds.
 */
export const Looked = ({ looked, of = 'leads', after, next, children }: LookedProps) => {
	const back = receivedAt(next);
	return (
		<div class="card acts" data-further={looked} data-back={back} data-of={of}>
			<p class="text">
				Looked at {looked.toLocaleString('en')} {of}, {after !== undefined && `from ${receivedAt(after)} `}back to {back}. Older ones were
				not looked at.
			</p>
			{children}
		</div>
	);
};

const receivedAt = (leadId: string) => `${timeText(timeOfLeadId(leadId)).slice(0, 16)} UTC`;
