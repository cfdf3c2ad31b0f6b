// Mails and Dynamics 365, pages behind a sign-in, one group of operators.
using '../../../infra/main.bicep'

param name = 'Contoso: Marketplace Leads & Co. (Production)'
param alertEmail = 'operators@contoso.com'
param operators = [{ principalId: '99999999-0000-0000-0000-000000000001', principalType: 'Group' }]
param customOperatorRole = false
param signInClientId = '99999999-0000-0000-0000-000000000002'
param settings = {
  LEAD_DESTINATIONS: 'email;crm'
  EMAIL_FROM: 'leads@contoso.com'
  EMAIL_TO: 'sales@contoso.com'
  EMAIL_CC: null // as not given
  DATAVERSE_URL: 'https://contoso.crm4.dynamics.com'
  DATAVERSE_FIELDS: loadTextContent('fields.json')
}
