const most = 160;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decode(entity: string, body: string): string {
	if (!body.startsWith('#')) return named[body.toLowerCase()] ?? entity;
	const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/** The first words of a mail, as text: what a list of mails shows beside the subject. */
export function toSnippet(html: string): string {
	const text = html
		.replace(/<(head|style|script|title)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(#?\w+);/g, decode)
		.replace(/(?:\s|\p{Cf}|\u034f)+/gu, ' ')
		.trim();
	return text.length <= most ? text : `${text.slice(0, most).replace(/\s*\S*$/, '')}…`;
}
