/** How often a look is taken whether the parent still lives; milliseconds. */
const lookEveryMs = 500;

/**
 * Under `npm start` this process is the child of a shell, which does not hand on the signal that ends it: so that none is left behind, it ends when its
 * parent is gone. Started by itself it may outlive whoever started it.
 */
export function endWithParent(
	end: () => void,
	{ parent = () => process.ppid, underNpm = process.env.npm_lifecycle_event !== undefined } = {},
): void {
	if (!underNpm) return;
	const first = parent();
	const looking = setInterval(() => {
		if (parent() === first) return;
		clearInterval(looking);
		end();
	}, lookEveryMs);
	looking.unref();
}
