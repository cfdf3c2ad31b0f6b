/**
 * Whether `func` publishes a path (with slashes, from the root) under a `.funcignore`. Not as git reads it: the order means nothing, a `!` always wins, and a
 * pattern is met by whatever begins with it, up to the end of a word.
 * https://github.com/Azure/azure-functions-core-tools/blob/main/src/Cli/func/Common/GitIgnoreParser.cs
 */
export function takenByFunc(funcignore: string): (path: string) => boolean {
	const patterns = funcignore
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line && !line.startsWith('#'));
	const taken = toTest(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)));
	const ignored = toTest(patterns.filter((pattern) => !pattern.startsWith('!')));
	return (path) => taken(path) || !ignored(path);
}

function toTest(patterns: string[]): (path: string) => boolean {
	if (patterns.length === 0) return () => false;
	const sources = patterns.map((pattern) =>
		pattern
			.replace(/^\//, '')
			.replace(/[-[\]/{}()+?.\\^$|]/g, '\\$&')
			.replaceAll('**', '(.+)')
			.replaceAll('*', '([^/]+)'),
	);
	const start = new RegExp(`^(${sources.join('|')})\\b`);
	return (path) => start.test(path);
}
