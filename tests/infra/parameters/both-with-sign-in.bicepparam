// Mails and Dynamics 365, pages behind a sign-in, one group of operators.
using '../../../infra/main.bicep'

param name = 'Contoso: Marketplace Leads & Co. (Production)'
param alertEmail = 'operators@contoso.com'
param operators = [{ principalId: '99999999-0000-0000-0000-000000000001', principalType: 'Group' }]
param signInClientId = '99999999-0000-0000-0000-000000000002'
param leadDestinations = ['email', 'crm']
param emailFrom = 'leads@contoso.com'
param emailTo = ['sales@contoso.com']
param dataverseUrl = 'https://contoso.crm4.dynamics.com'
