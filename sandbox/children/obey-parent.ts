/**
 * For a child process: ends gently, once, when the parent says so, is gone, or on SIGTERM. A Ctrl-C or a closed terminal reaches every process of the
 * group at once; only the parent answers to those, so that it can stop its children in the right order.
 * No one kills a child whose parent is gone when it does not come to its end: after the grace it ends itself.
 */
export function obeyParent(stop: () => Promise<void>, orphanGraceMs = 5000): void {
	let stopping = false;
	const end = () => {
		if (stopping) return;
		stopping = true;
		stop().then(
			() => process.exit(0),
			(error) => {
				console.error(error);
				process.exit(1);
			},
		);
	};
	process.on('message', (message: { kind?: string }) => {
		if (message.kind === 'stop') end();
	});
	process.on('disconnect', () => {
		setTimeout(() => process.exit(1), orphanGraceMs).unref();
		end();
	});
	process.on('SIGTERM', end);
	for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
}

/** Says something to the parent; nothing when it is gone. Resolves when it is said: wait for that before an exit. */
export function tellParent(message: object): Promise<void> {
	return new Promise((resolve) => {
		// Should the parent go meanwhile, no one listens, and `disconnect` ends us.
		if (process.connected) process.send?.(message, undefined, {}, () => resolve());
		else resolve();
	});
}
