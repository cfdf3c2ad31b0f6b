/** Tells whoever listens that something in the sandbox has changed. */
export interface Changes {
	/** Many within a short while are told as one. */
	tell(): void;
	/** Returns how to stop listening. */
	listen(listener: () => void): () => void;
}

/** How long changes are gathered. */
const gatherMs = 40;

export function createChanges(): Changes {
	const listeners = new Set<() => void>();
	let gathering = false;
	const tellAll = () => {
		gathering = false;
		for (const listener of [...listeners]) listener();
	};
	return {
		tell() {
			if (gathering) return;
			gathering = true;
			setTimeout(tellAll, gatherMs).unref();
		},
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
