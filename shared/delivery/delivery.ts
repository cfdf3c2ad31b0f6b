import type { Proof } from './outcome.ts';

/** One try, as the journal tells it. `unknown`: the worker ended before it could say. */
export interface Attempt {
	/** Counted from 1 over the whole life of the delivery. */
	number: number;
	/** When it began; milliseconds since the epoch. */
	at: number;
	outcome: 'delivered' | 'transient' | 'configuration' | 'permanent' | 'unknown';
	tookMs?: number;
	code?: string;
	reason?: string;
	/** The destination may have done it nevertheless. */
	maybeDone?: boolean;
}

/** One lead × one destination, as the journal keeps it. Members of a newer version of the app are kept as they are. */
export interface Delivery {
	/** `unreadable` is never written: the column has a form that this version of the app does not know, and stays as it is. */
	state: 'pending' | 'delivered' | 'parked' | 'closed' | 'unreadable';
	/** Since when it is in its state: every change of state sets it. Milliseconds since the epoch. */
	since: number;
	/** When a pending one is due; in any other state the same as `since`. Milliseconds since the epoch. */
	due: number;
	/** Attempts begun. */
	attempts: number;
	/** Of these, the ones that count against the retry window: since its start, without configuration failures. */
	spent: number;
	/** When the retry window began: the first attempt that counts, or the latest replay. */
	windowStart?: number;
	/** The attempt under way, or one that ended without an outcome. */
	claim?: Claim;
	/** The latest attempts, oldest first. */
	recent: Attempt[];
	proof?: Proof;
	/** Why it is parked, in words, and what to do about it. */
	reason?: string;
	remedy?: string;
	/**
	 * The code of a refusal that was taken for the destination's fault (`Rest.refused`) until another lead was taken: met again, it is this lead's own.
	 */
	ownCode?: string;
	/** What people did with it, the latest last. */
	acts?: Act[];
}

/** What a person did with a delivery, where it is known who that was. */
export interface Act {
	what: 'replayed' | 'closed' | 'retried' | 'sent';
	/** Milliseconds since the epoch. */
	at: number;
	/** Object id of the person in the tenant. */
	by: string;
	note?: string;
}

/** The due time was moved behind the attempt's deadline, so that two workers never make the same attempt. */
export interface Claim {
	id: string;
	at: number;
}

/** How many attempts a delivery remembers in full. */
export const rememberedAttempts = 20;

/** A delivery that no one has tried yet. */
export const newDelivery = (now: number): Delivery => ({ ...enter('pending', now), attempts: 0, spent: 0, recent: [] });

/** The members that a change of state sets; what becomes pending is due at once. */
export const enter = <State extends Delivery['state']>(state: State, now: number) => ({ state, since: now, due: now });
