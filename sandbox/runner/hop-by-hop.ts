const hopByHop = new Set([
	'connection',
	'keep-alive',
	'proxy-authenticate',
	'proxy-authorization',
	'proxy-connection',
	'te',
	'trailer',
	'upgrade',
]);

/** Headers as they go on to the next hop: without those that are for one connection only. `Expect` is answered by the first server. */
export function endToEnd<Value>(headers: NodeJS.Dict<Value>): Record<string, Value> {
	return Object.fromEntries(
		Object.entries(headers).filter(
			(entry): entry is [string, Value] => entry[1] !== undefined && !hopByHop.has(entry[0]) && entry[0] !== 'expect',
		),
	);
}
