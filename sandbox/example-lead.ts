/** The example of Microsoft's documentation for publishers, as of 2020. */
export const exampleLead = {
	UserDetails: {
		FirstName: 'Some',
		LastName: 'One',
		Email: 'someone@contoso.com',
		Phone: '16175555555',
		Country: 'USA',
		Company: 'Contoso',
		Title: 'Esquire',
	},
	LeadSource: 'AzureMarketplace',
	ActionCode: 'INS',
	OfferTitle: 'Test Microsoft',
	Description: 'Test run through Power Automate',
};
