import { type CheckLine, failure, ok, warning } from '../../shared/basics/check-line.ts';
import type { Cooldown } from '../../shared/delivery/cooldown.ts';
import type { Delivery } from '../../shared/delivery/delivery.ts';

interface Watched {
	receivedAt: number;
	waitMs: number;
	/** The destination's, while it is not called. */
	cooldown: Cooldown | undefined;
	/** The command that shows the lead. */
	show: string;
	/** The command that ends the rest. */
	retry: string;
}

const check = 'test lead';

/** What has become of one delivery of the test lead. */
export function deliveryLine(name: string, delivery: Delivery, { receivedAt, waitMs, cooldown, show, retry }: Watched): CheckLine {
	const { state, since, proof, recent, remedy } = delivery;
	const code = recent.at(-1)?.code;
	const why = code ? ` (${code})` : cooldown ? ` (its cooldown: ${cooldown.code})` : '';
	switch (state) {
		case 'delivered':
			return ok(check, `Delivered to ${name} within ${((since - receivedAt) / 1000).toFixed(1)} s: ${proof?.how ?? 'no details'}.`);
		case 'pending':
			return failure(
				check,
				`Not delivered to ${name} within ${waitMs / 1000} s${why}; it is tried again automatically.`,
				cooldown && cooldown.why !== 'heldBack' ? retry : show,
			);
		case 'parked':
			return failure(check, `The delivery to ${name} is parked${why}.`, remedy ?? show);
		case 'closed':
			return warning(check, `Someone closed the delivery to ${name}.`, show);
		case 'unreadable':
			return failure(check, `This version cannot read the state of the delivery to ${name}.`, show);
	}
}
