/** The client id of the sandbox's user-assigned identity. */
export const sandboxClientId = '5a4db0c5-0000-4000-8000-00000000c11e';
/** The value of `IDENTITY_HEADER`: a formality here, for it guards nothing. */
export const sandboxIdentityHeader = 'sandbox-identity-header';
/** The secret that a hook of the format `standard` knows, unless the app has one of its own. */
export const sandboxWebhookSecret = 'whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveA==';
/** The mailbox that mail is sent from. */
export const sandboxMailbox = 'leads@contoso.example';
/** All that Graph has, if nothing else is said: the one of `local.settings.sample.json` is there too. */
export const sandboxMailboxes = [sandboxMailbox, 'leads@contoso.com'];

/** The settings that point the product at a sandbox, by name. `url` is the sandbox's origin, such as `http://127.0.0.1:7080`. */
export const sandboxSettings = (url: string): Record<string, string> => ({
	GRAPH_BASE_URL: `${url}/graph`,
	DATAVERSE_URL: url,
	IDENTITY_ENDPOINT: `${url}/identity/token`,
	IDENTITY_HEADER: sandboxIdentityHeader,
	AZURE_CLIENT_ID: sandboxClientId,
	EMAIL_FROM: sandboxMailbox,
	EMAIL_TO: 'sales@contoso.example',
	LEAD_DESTINATIONS: 'email;crm',
});
