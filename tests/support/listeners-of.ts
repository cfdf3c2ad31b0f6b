import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The TCP sockets on which these processes listen, as Linux tells them: addresses in words, `0.0.0.0` and `::` for every address. */
export function listenersOf(pids: number[]): { pid: number; address: string; port: number }[] {
	return pids.flatMap((pid) => {
		const inodes = new Set(
			readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
				try {
					return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
				} catch {
					return []; // closed meanwhile
				}
			}),
		);
		return ['tcp', 'tcp6'].flatMap((table) =>
			readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
				.split('\n')
				.slice(1)
				.map((line) => line.trim().split(/\s+/))
				.filter(([, , , state, , , , , , inode = '']) => state === '0A' && inodes.has(inode))
				.map(([, local = '']) => {
					const [address = '', port = ''] = local.split(':');
					return { pid, address: addressOf(address), port: Number.parseInt(port, 16) };
				}),
		);
	});
}

/** Bytes in the order of the machine: in words of four, each backwards. */
function addressOf(hex: string): string {
	const bytes = Buffer.from(hex, 'hex');
	if (bytes.length === 4) return [...bytes.reverse()].join('.');
	return /^0+$/.test(hex) ? '::' : bytes.swap32().toString('hex');
}
