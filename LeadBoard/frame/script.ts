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

	/** The results of a part, or why there are none. */
	const send = async (wish: object): Promise<Result[] | string> => {
		const signIn =
			'You are signed out. Sign in again in another tab (open /board there), then press the button again: nothing that you typed is lost.';
		try {
			const answer = await fetch('/api/board/acts', {
				method: 'POST',
				redirect: 'manual',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(wish),
			});
			if (answer.type === 'opaqueredirect' || answer.status === 401) return signIn;
			const said = await answer.json();
			return answer.ok ? said.results : String(said.detail);
		} catch {
			return 'The app did not answer. Check your connection, then press the button again.';
		}
	};

	const act = async (form: HTMLFormElement, button: HTMLButtonElement) => {
		const fields = new FormData(form);
		const { id: _, ...common } = Object.fromEntries(fields);
		const ids = fields.getAll('id').map(String);
		const box = document.createElement('div');
		const bar = document.createElement('progress');
		bar.max = ids.length;
		bar.setAttribute('aria-label', 'Done');
		const count = document.createElement('p');
		const list = document.createElement('ul');
		list.className = 'results';
		box.append(bar, count, list);
		form.querySelector('[data-progress]')?.remove();
		box.dataset.progress = '';
		form.append(box);
		button.disabled = true;
		let failed = 0;
		for (let at = 0; at < ids.length; ) {
			const part = ids.slice(at, at + atOnce);
			const results = await send({ ...common, ids: part });
			if (typeof results === 'string') {
				count.textContent = `${at} of ${ids.length}. ${results}`;
				say(results);
				// What was done is not asked for again.
				for (const field of form.querySelectorAll<HTMLInputElement>('input[name=id]')) if (ids.indexOf(field.value) < at) field.remove();
				button.disabled = false;
				return;
			}
			for (const { id, ok, text } of results) {
				if (!ok) failed++;
				const item = document.createElement('li');
				const link = document.createElement('a');
				link.href = `/board/leads/${id}`;
				link.textContent = id;
				item.append(link, ` ${ok ? 'done' : 'not done'}: ${text}`);
				list.append(item);
			}
			at += part.length;
			bar.value = at;
			count.textContent = `${at} of ${ids.length}${failed > 0 ? `, ${failed} of them not done` : ''}`;
		}
		button.remove();
		say(`Finished: ${ids.length - failed} done, ${failed} not.`);
	};

	for (const form of document.querySelectorAll<HTMLFormElement>('form[data-acts]'))
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
			if (button && !button.disabled) void act(form, button);
		});

	// One box chooses all rows of a page.
	for (const form of document.querySelectorAll<HTMLFormElement>('form.list')) {
		const boxes = form.querySelectorAll<HTMLInputElement>('input[name=id]');
		const place = form.querySelector('thead th');
		if (boxes.length === 0 || !place) continue;
		const all = document.createElement('input');
		all.type = 'checkbox';
		all.setAttribute('aria-label', 'Choose all on this page');
		all.addEventListener('change', () => {
			for (const box of boxes) box.checked = all.checked;
		});
		place.replaceChildren(all);
	}
}
