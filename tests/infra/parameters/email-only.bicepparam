// The least that delivers by mail: every other parameter has its default.
using '../../../infra/main.bicep'

param alertEmail = 'operators@contoso.com'
param leadDestinations = ['email']
param emailFrom = 'leads@contoso.com'
param emailTo = ['sales@contoso.com', 'alliances@contoso.com']
