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
	const kept: Record<string, Value> = {};
	for (const name in headers) {
		const value = headers[name];
		if (value !== undefined && !hopByHop.has(name) && name !== 'expect') kept[name] = value;
	}
	return kept;
}
