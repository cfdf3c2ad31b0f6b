// The least that delivers by mail: every other parameter has its default.
using '../../../infra/main.bicep'

param alertEmail = 'operators@contoso.com'
param settings = {
  LEAD_DESTINATIONS: 'email'
  EMAIL_FROM: 'leads@contoso.com'
  EMAIL_TO: 'sales@contoso.com; alliances@contoso.com'
}
