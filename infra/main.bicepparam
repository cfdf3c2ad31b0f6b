// An example with values: mails and Dynamics 365. Replace them with yours. You can set every other parameter of main.bicep here too.
using 'main.bicep'

param alertEmail = 'operators@contoso.com'

// Settings of the app; docs/settings.md has every one. A long value can come from a file: LEAD_ROUTES: loadTextContent('routes.json').
param settings = {
  LEAD_DESTINATIONS: 'email;crm'

  // The destination email: the mailbox that sends, and who gets the mails.
  EMAIL_FROM: 'leads@contoso.com'
  EMAIL_TO: 'sales@contoso.com'

  // The destination crm: the Dynamics 365 environment; 8 is Web in the standard list of lead sources.
  DATAVERSE_URL: 'https://contoso.crm4.dynamics.com'
  DATAVERSE_LEAD_SOURCE: '8'
}
