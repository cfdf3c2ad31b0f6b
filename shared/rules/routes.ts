/** One value or a list of alternatives. */
export type OneOrMore = string | string[];

/** The rules as they are written in `LEAD_ROUTES`; `routes.schema.json` describes every member. */
export type Routes = {
	name?: string;
	when: {
		source?: OneOrMore;
		action?: OneOrMore;
		publisher?: OneOrMore;
		offer?: OneOrMore;
		country?: OneOrMore;
		emailDomain?: OneOrMore;
		campaign?: Record<string, OneOrMore>;
		test?: boolean;
	};
	choose: {
		destinations?: OneOrMore;
		journalOnly?: true;
		/** A destination's. */
		[member: string]: unknown;
	};
}[];
