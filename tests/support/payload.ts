const valid = {
	UserDetails: {
		FirstName: 'Ada',
		LastName: 'Lovelace',
		Email: 'ada.lovelace@example.com',
		Phone: '442071234567',
		Country: 'GB',
		Company: 'Analytical Engines Ltd',
		Title: 'Head of Computing',
	},
	LeadSource: 'AzureMarketplace',
	ActionCode: 'INS',
	OfferTitle: 'Contoso CRM',
	Description: 'Please call me.',
};

type Person = { [member in keyof typeof valid.UserDetails]?: unknown } & Record<string, unknown>;
type Change = { [member in Exclude<keyof typeof valid, 'UserDetails'>]?: unknown } & { UserDetails?: Person } & Record<string, unknown>;

/** A valid payload with some members changed (`undefined` takes one away): each test breaks one thing. */
export function payload({ UserDetails, ...change }: Change = {}) {
	return { ...valid, ...change, UserDetails: { ...valid.UserDetails, ...UserDetails } };
}

/** Text, or anything as JSON, as it goes over the wire. */
export function bytesOf(body: unknown): Uint8Array {
	return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
