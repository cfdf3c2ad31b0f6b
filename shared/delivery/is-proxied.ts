/** By which the environment names a proxy; in lower case too. */
const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/**
 * Whether requests to a URL go through a proxy that the environment names. `NO_PROXY` names hosts that are asked directly, with a comma between them: a host, `.domain`
 * for all below it and itself, each also with a port, and `*` for all. Azure's policy of @azure/core-rest-pipeline 1.25 matches neither `*` nor a port, which
 * curl and Go do.
 */
export function isProxied(url: string, environment: Record<string, string | undefined>): boolean {
	const read = (name: string) => environment[name] || environment[name.toLowerCase()];
	if (!proxyVariables.some(read)) return false;
	const { hostname, port, protocol } = new URL(url);
	const ownPort = port || (protocol === 'https:' ? '443' : '80');
	return !(read('NO_PROXY') ?? '').split(/[\s,]+/).some((entry) => {
		const [, name = '', entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
		if (entryPort !== undefined && entryPort !== ownPort) return false;
		const domain = name.replace(/^\*(?=\.)/, '');
		return name === '*' || hostname === name || (domain.startsWith('.') && `.${hostname}`.endsWith(domain));
	});
}
