// Every parameter set, none to its default.
using '../../../infra/main.bicep'

param name = 'a-name-as-long-as-a-name-of-an-environment-may-be-0123456789-end'
param location = 'northeurope'
param tags = { owner: 'alliances' }
param alertEmail = 'operators@contoso.com'
param alertWebhookUrl = 'https://chat.contoso.com/alerts?key=abc'
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
param auditStorage = true
param keyVaultName = 'contoso-secrets'
param signInClientId = '99999999-0000-0000-0000-000000000002'

// settings:begin (made by npm run generate)

param settings = {
  LEAD_DESTINATIONS: 'email;crm'
  LEAD_ROUTES: '[{"when":{"country":"DE"},"choose":{"to":"dach@contoso.com"}}]'
  LEAD_TEST_POLICY: 'journal'
  LEAD_DNC_POLICY: 'deliver'
  LEAD_SAME_PERSON: 'mention'
  LEAD_DEDUPE_WINDOW: 'PT12H'
  LEAD_RETENTION: 'P90D'
  LEAD_SWEEP_SCHEDULE: '0 */2 * * * *'
  DELIVERY_RETRY_WINDOW: 'P14D'
  DELIVERY_RETRY_FIRST: 'PT1M'
  DELIVERY_ATTEMPT_TIMEOUT: 'PT30S'
  EMAIL_LOCALE: 'de-AT'
  EMAIL_TIME_ZONE: 'Europe/Berlin'
  EMAIL_FROM: 'leads@contoso.com'
  EMAIL_TO: 'sales@contoso.com'
  EMAIL_CC: 'alliances@contoso.com; partners@contoso.com'
  EMAIL_SUBJECT: '{{actionInWords}}: {{name}}, {{company}} [#{{reference}}]'
  EMAIL_BODY: '<p>Please answer today.</p>{{parts.top}}{{parts.notices}}{{parts.actions}}{{parts.details}}{{parts.foot}}'
  EMAIL_MAX_PER_HOUR: '50'
  GRAPH_BASE_URL: 'https://graph.microsoft.us'
  DATAVERSE_URL: 'https://contoso.crm4.dynamics.com'
  DATAVERSE_FIELDS: '{"new_region":"{{country}}"}'
  DATAVERSE_OWNER: 'team:Marketplace sales'
  DATAVERSE_LEAD_SOURCE: '8'
  DATAVERSE_PHONE: 'international'
  DATAVERSE_COUNTRY: 'words'
  DATAVERSE_DUPLICATE_DETECTION: 'true'
  WEBHOOK_TIMEOUT: 'PT30S'
  WEBHOOK_PRIVATE_NETWORKS: '10.20.0.0/16'
}

param webhooks = {
  WEBHOOK_NAME_URL: 'https://hooks.example.com/leads?key=secret'
  WEBHOOK_NAME_FORMAT: 'json'
  WEBHOOK_NAME_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  WEBHOOK_NAME_AUTHORIZATION: 'Bearer 0123456789abcdef'
  WEBHOOK_NAME_HEADERS: '{"x-team":"sales"}'
  WEBHOOK_NAME_FIELDS: '{"lead_source":"{{sourceInWords}}"}'
  WEBHOOK_NAME_BODY: '{"text":"{{name}}, {{company}}","test":"{{isTest}}"}'
  WEBHOOK_NAME_TITLE: '{{actionInWords}}: {{name}}, {{company}}'
}

// settings:end
