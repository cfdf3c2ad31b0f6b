/** A lead as the marketplace posts it, of the usual length; no two numbers give the same lead, nor the same person. */
export const leadPayload = (number: number): string =>
	JSON.stringify({
		UserDetails: {
			FirstName: 'Some',
			LastName: `One ${number}`,
			Email: `someone${number}@contoso.example`,
			Phone: '16175555555',
			Country: 'USA',
			Company: 'Contoso',
			Title: 'Esquire',
		},
		LeadSource: 'SPZA',
		ActionCode: 'INS',
		OfferTitle: 'Contoso CRM for manufacturers',
		Description: '{"mktcmpid":"spring","page":"https://azuremarketplace.microsoft.com/marketplace/apps/contoso.crm"}',
	});

let posted = 0;

/** A lead that this process has not posted yet. */
export const nextPayload = (): string => leadPayload(++posted);
