const key = 'seen mails';
const most = 2000;

const read = (): string[] => JSON.parse(localStorage.getItem(key) ?? '[]') as string[];

/** The mails that have been opened in this browser. */
export const seenMails = (): Set<string> => new Set(read());

export function markSeen(id: string): void {
	const seen = read();
	if (!seen.includes(id)) localStorage.setItem(key, JSON.stringify([...seen, id].slice(-most)));
}
