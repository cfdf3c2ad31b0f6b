import type { Choice } from '../delivery/destination.ts';

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

/** What a lead must have; alternatives are folded (`wildcard.ts`), countries as `countryKey` folds them. A member that is absent is not a condition. */
export interface RouteConditions {
	source?: string[];
	action?: string[];
	publisher?: string[];
	/** Fits the offer's id or its title. */
	offer?: string[];
	country?: string[];
	emailDomain?: string[];
	/** Each parameter with its alternatives. */
	campaign?: { name: string; values: string[] }[];
	test?: boolean;
}

/** A rule of `LEAD_ROUTES` that is right. */
export interface Route {
	/** Counted from 1, wrong rules included. */
	rule: number;
	name?: string;
	when: RouteConditions;
	choice: Choice;
}

/** What is wrong with a rule, or with all of them. */
export interface RouteIssue {
	/** Counted from 1; absent when it is not about a single rule. */
	rule?: number;
	/** A sentence that names rule and member, never a value: ``rule 2: `when.ofer` is not a property; did you mean `offer`?`` */
	problem: string;
}
