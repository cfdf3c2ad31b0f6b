// Every parameter set, none to its default.
using '../../../infra/main.bicep'

param name = 'a-name-as-long-as-a-name-of-an-environment-may-be-0123456789-end'
param location = 'northeurope'
param tags = { owner: 'alliances' }
param alertEmail = 'operators@contoso.com'
param storageRedundancy = 'Standard_RAGZRS'
param lockStorage = true
param softDeleteDays = 365
param instanceMemoryMB = 4096
param maximumInstanceCount = 1000
param alwaysReadyHttpInstances = 10
param logDailyCapGb = '5'
param logRetentionDays = 730
param alertRepeat = 'PT1H'
param alertPendingMinutes = 15
param alertNoLeadDays = 30
param operators = [
  { principalId: '99999999-0000-0000-0000-000000000001', principalType: 'Group' }
  { principalId: '99999999-0000-0000-0000-000000000003', principalType: 'User' }
]
param signInClientId = '99999999-0000-0000-0000-000000000002'
param leadDestinations = ['email', 'crm']
param leadRoutes = '[{"when":{"country":"DE"},"choose":{"to":"dach@contoso.com"}}]'
param leadTestPolicy = 'journal'
param leadDncPolicy = 'deliver'
param leadSamePerson = 'mention'
param leadDedupeWindow = 'PT12H'
param leadRetention = 'P30D'
param leadSweepSchedule = '0 */2 * * * *'
param deliveryRetryWindow = 'P3D'
param deliveryRetryFirst = 'PT10S'
param deliveryAttemptTimeout = 'PT30S'
param emailFrom = 'leads@contoso.com'
param emailTo = ['sales@contoso.com', 'alliances@contoso.com']
param emailCc = ['partners@contoso.com']
param emailSubject = 'New lead: {{name}}'
param emailBody = '<p>{{name}}</p>'
param emailLocale = 'de-DE'
param emailTimeZone = 'Europe/Berlin'
param emailMaxPerHour = 1000
param graphBaseUrl = 'https://graph.microsoft.us'
param dataverseUrl = 'https://contoso.crm9.dynamics.com'
param dataverseFields = '{"new_region":"{{country}}"}'
param dataverseOwner = 'team:Marketplace sales'
param dataverseLeadSource = '8'
param dataverseDuplicateDetection = true
