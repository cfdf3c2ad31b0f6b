import { useEffect, useState } from 'preact/hooks';

/** JSON of a path, read again whenever `version` differs; what was there before stays until then. `gone`: there is nothing (any more). */
export function useFetched<Data>(path: string | undefined, version: string | undefined): { data: Data | undefined; gone: boolean } {
	const [read, setRead] = useState<{ path: string; data: Data | undefined }>();
	useEffect(() => {
		if (path === undefined || version === undefined) return;
		const abort = new AbortController();
		const load = async () => {
			const response = await fetch(path, { signal: abort.signal });
			setRead({ path, data: response.ok ? ((await response.json()) as Data) : undefined });
		};
		// When it fails the connection is lost; the next state comes with the next connection.
		load().catch((error: unknown) => abort.signal.aborted || console.warn(error));
		return () => abort.abort();
	}, [path, version]);
	const current = read?.path === path ? read : undefined;
	return { data: current?.data, gone: current !== undefined && current.data === undefined };
}
