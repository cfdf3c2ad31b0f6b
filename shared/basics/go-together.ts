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
	/** For whom the next run is, of those that wait in the order in which they came, and who waits on. The first has to be among them. */
	choose: (waiting: Member<Item, Result>[]) => { members: Member<Item, Result>[]; others: Member<Item, Result>[] };
	/** Does it, and tells each of them what became of it. Never rejects. */
	run: (members: Member<Item, Result>[]) => Promise<void>;
	/** How long one run may hold up the next; milliseconds. */
	patienceMs: number;
	/** How a run begins when none is in progress; at once when absent. */
	begin?: (run: () => void) => void;
}

/**
 * Does for several at once what each of them asks for: those that come while a run is in progress share the next one, and one that is alone goes at once. Each waits
 * no longer than its own signal lets it, and then throws the signal's reason.
 */
export function goTogether<Item, Result>({ choose, run, patienceMs, begin = (run) => run() }: Together<Item, Result>) {
	let waiting: Member<Item, Result>[] = [];
	let isBusy = false;

	function runNext(): void {
		isBusy = waiting.length > 0;
		if (!isBusy) return;
		const { members, others } = choose(waiting);
		waiting = others;
		let isOver = false;
		const goOn = () => {
			clearTimeout(timer);
			if (!isOver) runNext();
			isOver = true;
		};
		const timer = setTimeout(goOn, patienceMs);
		void run(members).then(goOn);
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
				if (isBusy) return;
				isBusy = true;
				begin(runNext);
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
