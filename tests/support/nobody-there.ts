import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Nobody {
	/** `http://127.0.0.1:PORT`: every connection is refused. */
	root: string;
	close: () => void;
}

/**
 * An address where no one listens, and no one can begin to: its port is the near end of a connection that stays open. A port that was merely freed may be given
 * to the next one who asks for any.
 */
export async function startNobody(): Promise<Nobody> {
	const ends: Socket[] = [];
	const server = createServer((end) => void ends.push(end));
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const holder = connect((server.address() as AddressInfo).port, '127.0.0.1');
	await new Promise<void>((connected) => holder.once('connect', connected));
	return {
		root: `http://127.0.0.1:${holder.localPort}`,
		close: () => {
			for (const end of [holder, ...ends]) end.destroy();
			server.close();
		},
	};
}
