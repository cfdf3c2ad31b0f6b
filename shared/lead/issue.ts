/** One thing that keeps a payload from being a lead; never quotes the payload's values. */
export interface Issue {
	/** RFC 6901, into the payload: `/UserDetails/Email`; `''` is the whole. */
	pointer: string;
	/** What is wrong and what is expected, as a sentence. */
	detail: string;
}
