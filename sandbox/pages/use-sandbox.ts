import { useEffect, useState } from 'preact/hooks';
import type { SandboxState } from './page-data.ts';

const againMs = 1000;

/** The sandbox's state, kept up to date by server-sent events; when the connection is lost it is made again until it holds. */
export function useSandbox(): { state: SandboxState | undefined; connected: boolean } {
	const [state, setState] = useState<SandboxState>();
	const [connected, setConnected] = useState(true);
	useEffect(() => {
		let source: EventSource | undefined;
		let timer: number | undefined;
		const open = () => {
			const opened = new EventSource('/events');
			source = opened;
			opened.onmessage = ({ data }) => {
				setState(JSON.parse(data) as SandboxState);
				setConnected(true);
			};
			opened.onerror = () => {
				setConnected(false);
				// Most errors the browser fixes by itself; after some it gives up.
				if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(open, againMs);
			};
		};
		open();
		return () => {
			window.clearTimeout(timer);
			source?.close();
		};
	}, []);
	return { state, connected };
}
