export interface Person {
	name?: string;
	address: string;
}

/** A mail as Graph took it. */
export interface Mail {
	id: string;
	from: Person;
	to: Person[];
	cc: Person[];
	bcc: Person[];
	replyTo: Person[];
	subject: string;
	importance: string;
	/** Internet message headers by name. */
	headers: Record<string, string>;
	/** Body; plain text is kept as HTML that shows it. */
	html: string;
	/** ISO 8601, UTC. */
	receivedAt: string;
}

/** The mails that were sent, oldest first. */
export interface Mailbox {
	add(mail: Mail): void;
	all(): readonly Mail[];
	find(id: string): Mail | undefined;
	empty(): void;
}

/** `save` keeps a new mail before it counts as taken; `changed` is told afterwards. */
export function createMailbox(start: Mail[], { save, changed }: { save: (mail: Mail) => void; changed: () => void }): Mailbox {
	const mails = new Map(start.map((mail) => [mail.id, mail]));
	return {
		add(mail) {
			save(mail);
			mails.set(mail.id, mail);
			changed();
		},
		all: () => [...mails.values()],
		find: (id) => mails.get(id),
		empty() {
			mails.clear();
			changed();
		},
	};
}

const addresses = (people: Person[]) => people.map(({ address }) => address);

/** A mail as `GET /mailbox.json` shows it. */
export const toMailJson = ({ to, cc, replyTo, subject, headers, html, receivedAt }: Mail) => ({
	to: addresses(to),
	cc: addresses(cc),
	replyTo: addresses(replyTo),
	subject,
	headers,
	html,
	receivedAt,
});
