/** What mails need to know. */
export interface EmailSettings {
	from?: string;
	to: string[];
	cc: string[];
	/** A template that was found right; without it the built-in subject is used. */
	subject?: string;
	/** As the subject, in HTML. */
	body?: string;
	/** Known to `Intl`. */
	locale: string;
	/** IANA, known to `Intl`. */
	timeZone: string;
	maxPerHour: number;
	/** Root without a trailing slash: `https://graph.microsoft.com`. */
	graphBaseUrl: string;
}
