// A filled example: mails and Dynamics 365. Put your own values in; every other parameter of main.bicep may be set here too.
using 'main.bicep'

param alertEmail = 'operators@contoso.com'

param leadDestinations = ['email', 'crm']

// The destination email: the mailbox that sends, and who gets the mails.
param emailFrom = 'leads@contoso.com'
param emailTo = ['sales@contoso.com']

// The destination crm: the Dynamics 365 environment; 8 is Web in the standard list of lead sources.
param dataverseUrl = 'https://contoso.crm4.dynamics.com'
param dataverseLeadSource = '8'
