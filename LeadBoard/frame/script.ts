/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/**
 * What makes the pages better where scripts run; every page works without. It is sent to the browser as text, so it uses nothing from outside itself.
 *
 * Confirmed acts are sent in small parts, so that their progress is seen. A session that has ended is told, and what was typed stays: the platform answers it with a
 * redirect to its sign-in, which a script may not follow.
 */
export function boardScript(): void {
	const atOnce = 5;
	const status = document.getElementById('status');
	const say = (text: string) => {
		if (status) status.textContent = text;
	};

	interface Result {
		id: string;
		ok: boolean;
		text: string;
	}

	const noAnswer = 'The app did not answer. Check your connection, then press the button again.';

	// It is said once: not again when the page is loaded later.
	if (new URLSearchParams(location.search).has('done')) history.replaceState(null, '', location.pathname);

	interface Problem {
		problem: string;
		/** The app may have done it nevertheless. */
		isUnknown: boolean;
	}

	/** What the app answers; a sentence when it does not, `signed out` when the platform asks for a sign-in. */
	const ask = async <Answer>(path: string, body?: object): Promise<Answer | 'signed out' | Problem> => {
		try {
			const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
			const answer = await fetch(path, { redirect: 'manual', ...(body && post) });
			if (answer.type === 'opaqueredirect' || answer.status === 401) return 'signed out';
			const said = await answer.json();
			return answer.ok ? said : { problem: String(said.detail), isUnknown: answer.status >= 500 };
		} catch {
			return { problem: noAnswer, isUnknown: true };
		}
	};
	const isProblem = (answer: object): answer is Problem => 'problem' in answer;

	/** Says beside a form why it was not sent; what is in it stays. */
	const explain = (form: HTMLElement, why: 'signed out' | string) => {
		form.querySelector('[data-why]')?.remove();
		const box = document.createElement('p');
		box.dataset.why = '';
		box.className = 'alarm warn';
		const text =
			why === 'signed out' ? 'You are signed out. Sign in again, then press the button again: nothing that you typed is lost.' : why;
		box.textContent = text;
		if (why === 'signed out') {
			const link = document.createElement('a');
			link.href = '/board';
			link.target = '_blank';
			link.rel = 'noopener';
			link.textContent = 'Sign in in a new tab';
			box.append(' ', link);
		}
		form.append(box);
		say(text);
	};

	interface State {
		id: string;
		/** In words. */
		text: string;
		waits: boolean;
		deliveries: Record<string, string>;
	}

	/** What shows a lead on this page: its row, or the head of its own page. */
	const rowOf = (id: string) => document.querySelector(`[data-lead="${id}"]`);
	const showChips = (id: string, deliveries: Record<string, string>) => {
		const chips = rowOf(id)?.querySelector('.chips');
		if (!chips) return;
		for (const old of chips.querySelectorAll('.chip:not(.mark)')) old.remove();
		const fresh = Object.entries(deliveries).map(([name, state]) => {
			const chip = document.createElement('span');
			chip.className = `chip ${state}`;
			chip.textContent = `${name} ${state}`;
			return chip;
		});
		chips.prepend(...fresh);
	};

	/** After something was queued: where the leads stand, for some minutes, until nothing of them waits. */
	const watched = new Map<string, Element>();
	const pauses = [1, 2, 4, 8, 15, 30, 60];
	let look = 0;
	let isLooking = false;
	const watch = (element: HTMLElement) => {
		const { watch: id } = element.dataset;
		if (id === undefined) return;
		const now = document.createElement('span');
		now.className = 'sub';
		element.append(now);
		watched.set(id, now);
		look = 0;
		if (!isLooking) void lookAgain();
	};
	const lookAgain = async () => {
		isLooking = true;
		for (; watched.size > 0 && look < pauses.length; look++) {
			await new Promise((done) => setTimeout(done, (pauses[look] ?? 60) * 1000));
			const ids = [...watched.keys()].slice(0, 50);
			const answer = await ask<{ leads: State[] }>(`/api/board/states?${ids.map((id) => `id=${id}`).join('&')}`);
			if (answer === 'signed out' || isProblem(answer)) break;
			for (const { id, text, waits, deliveries } of answer.leads) {
				showChips(id, deliveries);
				const now = watched.get(id);
				if (now && now.textContent !== `Now: ${text}`) now.textContent = `Now: ${text}`;
				if (!waits) watched.delete(id);
			}
			if (watched.size === 0) say('Nothing of it waits any more.');
		}
		isLooking = false;
	};
	for (const element of document.querySelectorAll<HTMLElement>('[data-watch]')) watch(element);

	const act = async (form: HTMLFormElement, button: HTMLButtonElement) => {
		const fields = new FormData(form);
		const { id: _, ...common } = Object.fromEntries(fields);
		const ids = fields.getAll('id').map(String);
		const before = Number(fields.get('before') ?? 0);
		const box = document.createElement('div');
		const bar = document.createElement('progress');
		bar.max = ids.length;
		bar.value = 0;
		bar.setAttribute('aria-label', 'Done');
		const count = document.createElement('p');
		const list = document.createElement('ul');
		list.className = 'results';
		box.append(bar, count, list);
		for (const old of form.querySelectorAll('[data-progress], [data-why]')) old.remove();
		box.dataset.progress = '';
		form.append(box);
		button.disabled = true;
		const done: HTMLElement[] = [];
		let failed = 0;
		for (let at = 0; at < ids.length; ) {
			const answer = await ask<{ results: Result[] }>('/api/board/acts', {
				...common,
				before: before + at,
				ids: ids.slice(at, at + atOnce),
			});
			if (answer === 'signed out' || isProblem(answer)) {
				count.textContent = `${at} of ${ids.length}.`;
				const open = Math.min(atOnce, ids.length - at);
				const doubt = `It is not known whether the next ${open === 1 ? 'one was' : `${open} were`} done. Nothing is done twice.`;
				explain(form, answer === 'signed out' ? answer : answer.isUnknown ? `${answer.problem} ${doubt}` : answer.problem);
				// What was done is not asked for again, and is counted.
				for (const field of form.querySelectorAll<HTMLInputElement>('input[name=before]')) field.value = String(before + at);
				for (const field of form.querySelectorAll<HTMLInputElement>('input[name=id]')) if (ids.indexOf(field.value) < at) field.remove();
				button.disabled = false;
				return;
			}
			for (const { id, ok, text } of answer.results) {
				if (!ok) failed++;
				const item = document.createElement('li');
				const link = document.createElement('a');
				link.href = `/board/leads/${id}`;
				link.textContent = rowOf(id)?.querySelector('a')?.textContent || id;
				item.append(link, ` ${ok ? 'done' : 'not done'}: ${text}`);
				if (ok && form.dataset.queues !== undefined) {
					item.dataset.watch = id;
					done.push(item);
				}
				list.append(item);
			}
			at += answer.results.length || atOnce;
			bar.value = at;
			count.textContent = `${at} of ${ids.length}${failed > 0 ? `, ${failed} of them not done` : ''}`;
		}
		// The button goes, and with it the focus of a keyboard.
		count.tabIndex = -1;
		count.focus();
		button.remove();
		form.querySelector('label')?.remove();
		const away = form.querySelector('a.button');
		if (away) away.textContent = 'Back to the list';
		say(`Finished: ${ids.length - failed} done, ${failed} not.`);
		done.forEach(watch);
	};

	for (const form of document.querySelectorAll<HTMLFormElement>('form[data-acts]'))
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
			if (button && !button.disabled) void act(form, button);
		});

	// Other forms go their way if the session goes on: a sign-in between would lose what is in them.
	const guard = (form: HTMLFormElement) => {
		let mayGo = false;
		let isAsking = false;
		form.addEventListener('submit', (event) => {
			if (mayGo) {
				mayGo = false;
				return;
			}
			event.preventDefault();
			if (isAsking) return;
			isAsking = true;
			void (async () => {
				const answer = await ask<object>('/api/board/states');
				isAsking = false;
				if (answer === 'signed out' || isProblem(answer)) return explain(form, answer === 'signed out' ? answer : answer.problem);
				mayGo = true;
				form.requestSubmit(event.submitter);
			})();
		});
	};

	// One box chooses all rows of a page.
	const chooseAll = (form: HTMLFormElement) => {
		const boxes = () => form.querySelectorAll<HTMLInputElement>('input[name=id]');
		if (boxes().length === 0) return;
		const all = document.createElement('input');
		all.type = 'checkbox';
		all.dataset.all = '';
		all.addEventListener('change', () => {
			for (const box of boxes()) box.checked = all.checked;
		});
		const label = document.createElement('label');
		label.className = 'check';
		label.append(all, 'Choose all on this page');
		form.prepend(label);
	};

	const improve = (part: ParentNode) => {
		for (const form of part.querySelectorAll<HTMLFormElement>('form[method=post]:not([data-acts])')) guard(form);
		for (const form of part.querySelectorAll<HTMLFormElement>('form.list')) chooseAll(form);
	};
	improve(document);

	/** As many as a page shows. */
	const enough = 50;
	type Way = HTMLAnchorElement | HTMLFormElement;
	const wayIn = (box: ParentNode | null) => box?.querySelector<Way>('a, form') ?? undefined;
	const rowsIn = (page: ParentNode) => page.querySelectorAll('[data-list] tbody tr');

	/** The page that a link or a form leads to. */
	const follow = async (way: Way): Promise<Document | 'signed out' | { problem: string }> => {
		try {
			const fields = way instanceof HTMLFormElement ? [...new FormData(way)].map(([name, text]) => [name, String(text)]) : undefined;
			const path = way instanceof HTMLFormElement ? way.action : way.href;
			const answer = await fetch(path, { redirect: 'manual', ...(fields && { method: 'POST', body: new URLSearchParams(fields) }) });
			if (answer.type === 'opaqueredirect' || answer.status === 401) return 'signed out';
			return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : { problem: noAnswer };
		} catch {
			return { problem: noAnswer };
		}
	};

	/** A list that ended before it was full goes on by itself while someone sees it, until it is full, at its end, or stopped. */
	const lookFurther = (box: HTMLElement) => {
		const text = box.querySelector<HTMLElement>('.text');
		const list = document.querySelector('[data-list]');
		let way = wayIn(box);
		if (!text || !list || !way) return;
		let looked = Number(box.dataset.further);
		let isStopped = false;
		let isGoing = false;
		const button = document.createElement('button');
		button.type = 'button';
		way.hidden = true;
		box.append(button);
		let where = `, back to ${box.dataset.back}`;
		const tell = () => {
			const found = rowsIn(document).length;
			const sum = `Looked at ${looked.toLocaleString('en')} ${box.dataset.of}${where}: ${found === 0 ? 'none' : found} found.`;
			text.textContent = isGoing ? `${sum} Looking further …` : sum;
		};

		/** Takes what a page has found, and where it leads; whether it was the last one. */
		const take = (page: Document): boolean => {
			const rows = [...rowsIn(page)];
			const body = list.querySelector('tbody');
			if (body) body.append(...rows);
			else if (rows.length > 0) {
				list.replaceChildren(...(page.querySelector('[data-list]')?.childNodes ?? []));
				improve(list);
			}
			// What came after it was pressed was not chosen.
			const all = list.querySelector<HTMLInputElement>('[data-all]');
			if (all && rows.length > 0) all.checked = false;
			const next = page.querySelector<HTMLElement>('[data-further]');
			const nextWay = wayIn(next);
			looked += Number(page.querySelector<HTMLElement>('[data-looked]')?.dataset.looked ?? 0);
			const older = page.querySelector('[data-older]');
			where = next ? `, back to ${next.dataset.back}` : older ? '' : ', to the end of the list';
			tell();
			const isFull = rowsIn(document).length >= enough;
			if (next && nextWay) {
				nextWay.hidden = !isFull;
				way?.replaceWith(nextWay);
				way = nextWay;
			} else {
				way?.remove();
				if (older) document.querySelector('.pages')?.append(older);
				const nothing = list.querySelector('p.muted');
				if (nothing) nothing.textContent = 'Nothing matches.';
			}
			return isFull || !nextWay;
		};

		const go = async () => {
			isGoing = true;
			isStopped = false;
			button.textContent = 'Stop';
			box.querySelector('[data-why]')?.remove();
			tell();
			say('Looking further.');
			while (way && !isStopped && !document.hidden) {
				const page = await follow(way);
				if (page instanceof Document) {
					if (!take(page)) continue;
					// The button goes, and with it the focus of a keyboard.
					text.tabIndex = -1;
					if (document.activeElement === button) text.focus();
					button.remove();
					break;
				}
				isStopped = true;
				explain(box, page === 'signed out' ? page : page.problem);
			}
			isGoing = false;
			tell();
			button.textContent = 'Look further';
			if (!box.querySelector('[data-why]')) say(text.textContent ?? '');
		};
		button.addEventListener('click', () => {
			if (isGoing) isStopped = true;
			else void go();
		});
		document.addEventListener('visibilitychange', () => {
			if (!document.hidden && !isGoing && !isStopped && button.isConnected) void go();
		});
		void go();
	};
	for (const box of document.querySelectorAll<HTMLElement>('[data-further]')) lookFurther(box);
}
