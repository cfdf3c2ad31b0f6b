/** One that waits for what is done for several at once. */
export interface Member<Item, Result> {
	item: Item;
	signal: AbortSignal;
	resolve: (result: Result) => void;
	reject: (error: unknown) => void;
	/** Its time was over: it waits for nothing any more. */
	left: boolean;
	/** Told when it leaves. */
	onLeave?: () => void;
}

export interface Together<Item, Result> {
	/**
	 * For whom the next run is, of those that wait in the order in which they came, and who waits on. Of runs that still go on, whose time of holding up others is
	 * over, it is told the members. None are chosen when all have to wait for those.
	 */
	choose: (
		waiting: Member<Item, Result>[],
		underWay: Iterable<Member<Item, Result>>,
	) => { members: Member<Item, Result>[]; others: Member<Item, Result>[] };
	/** Does it, and tells each of them what became of it. Never rejects. */
	run: (members: Member<Item, Result>[]) => Promise<void>;
	/** How long one run may hold up the next; milliseconds. */
	patienceMs: number;
}

/**
 * Does for several at once what each of them asks for: those that come while a run is in progress share the next one, as do those that come in the same turn of the
 * event loop; one that is alone goes after that turn. Each waits no longer than its own signal lets it, and then throws the signal's reason.
 */
export function goTogether<Item, Result>({ choose, run, patienceMs }: Together<Item, Result>) {
	let waiting: Member<Item, Result>[] = [];
	const underWay = new Set<Member<Item, Result>>();
	/** A run holds up the next, or those that come gather for it. */
	let isBusy = false;

	/** Requests are read one after the other: a turn of the event loop later, those that come at the same moment are there too. */
	function gather(): void {
		isBusy = waiting.length > 0;
		if (isBusy) setImmediate(runNext);
	}

	function runNext(): void {
		const { members, others } = choose(waiting, underWay);
		waiting = others;
		isBusy = members.length > 0;
		if (!isBusy) return;
		for (const member of members) underWay.add(member);
		let holdsUp = true;
		const letGo = () => {
			holdsUp = false;
			gather();
		};
		const timer = setTimeout(letGo, patienceMs);
		void run(members).then(() => {
			clearTimeout(timer);
			for (const member of members) underWay.delete(member);
			// Some may have waited for this one alone, also when it held up no other any more.
			if (holdsUp || !isBusy) letGo();
		});
	}

	return async (item: Item, signal: AbortSignal): Promise<Result> => {
		signal.throwIfAborted();
		let leave: (() => void) | undefined;
		try {
			return await new Promise<Result>((resolve, reject) => {
				const member: Member<Item, Result> = { item, signal, resolve, reject, left: false };
				leave = () => {
					member.left = true;
					waiting = waiting.filter((other) => other !== member);
					reject(signal.reason);
					member.onLeave?.();
				};
				signal.addEventListener('abort', leave);
				waiting.push(member);
				if (!isBusy) gather();
			});
		} finally {
			if (leave) signal.removeEventListener('abort', leave);
		}
	};
}

/** For what is done for all of them: it aborts when the last of them has left. */
export function whileOneWaits(members: Member<unknown, never>[]): AbortSignal {
	const noOneWaits = new AbortController();
	for (const member of members)
		member.onLeave = () => {
			if (members.every(({ left }) => left)) noOneWaits.abort(member.signal.reason);
		};
	return noOneWaits.signal;
}
