import { type GetToken, getTokenFrom, openCredential } from '../basics/open-credential.ts';
import type { Destination, DestinationName } from '../delivery/destination.ts';
import type { Settings } from '../settings/settings.ts';

let getToken: GetToken | undefined;

/** Opens a destination, loading its client; only a delivery asks for it. */
export async function openDestination(name: DestinationName, settings: Settings): Promise<Destination> {
	getToken ??= getTokenFrom(openCredential(settings.clientId));
	switch (name) {
		case 'email': {
			const { createEmailDestination } = await import('./email/create-email-destination.ts');
			return createEmailDestination({ settings: settings.email, getToken });
		}
		case 'crm': {
			const { createCrmDestination } = await import('./crm/create-crm-destination.ts');
			return createCrmDestination({ settings: settings.crm, getToken, fetch, asksForColumns: true });
		}
	}
}
