metadata name = 'Marketplace Lead Intake'
metadata description = 'Everything the app needs in one resource group: the app, its identity, its storage, its logs and its alerts. No key is made, stored or put out.'

targetScope = 'resourceGroup'

import { namesFor } from 'modules/names.bicep'
import { appSettings, settingDefaults } from 'modules/settings.bicep'
import { alertSilence, instanceMemory, operator, redundancy, secretTexts, tagTexts } from 'modules/types.bicep'

@description('Optional. Stem of all names; only its letters and digits are used.')
@minLength(1)
@maxLength(64)
param name string = 'leads'

@description('Optional. A region that offers Flex Consumption (`az functionapp list-flexconsumption-locations`).')
param location string = resourceGroup().location

@description('Optional. Tags for every resource.')
param tags tagTexts = {}

@description('Required. One e-mail address that every alert goes to.')
@minLength(3)
param alertEmail string

@description('Optional. A URL to which every alert is posted too, in the common alert schema: that of a flow or workflow of your chat, for example. It is a secret.')
@secure()
param alertWebhookUrl string = ''

@description('Optional. Copies of the storage: ZRS keeps three in three zones; use LRS in a region without zones, and a GRS kind to survive the loss of a region.')
param storageRedundancy redundancy = 'Standard_ZRS'

@description('Optional. A lock that keeps the storage account, and with it the journal, from being deleted.')
param lockStorage bool = true

@description('Optional. Number of days for which a deleted or overwritten blob (the package, the function keys) can be restored.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 14

@description('Optional. Memory of an instance in MB. 512 costs a quarter of 2048 and starts slower.')
param instanceMemoryMB instanceMemory = 2048

@description('Optional. Maximum number of instances. Small, because EMAIL_MAX_PER_HOUR counts per instance; use 40 if the platform refuses less.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 5

@description('Optional. HTTP instances that are always warm, so that no sender waits for a cold start. One of 2048 MB costs about 21 USD a month at rest (2 GB x 2,592,000 s x 0.000004 USD), one of 512 MB about 5; 0 costs nothing. No more than maximumInstanceCount.')
@minValue(0)
@maxValue(10)
param alwaysReadyHttpInstances int = 1

@description('Optional. Maximum GB of logs per day; when it is reached, logs and alerts stop until the next day, and one alert says so. Usual is 0.02.')
param logDailyCapGb string = '0.5'

@description('Optional. Number of days for which logs are kept; up to 90 are free of charge for Application Insights tables.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Optional. Time after which an alert is mailed again if its cause persists.')
param alertRepeat alertSilence = 'PT6H'

@description('Optional. A lead that waits longer than this number of minutes raises an alert.')
@minValue(15)
@maxValue(10080)
param alertPendingMinutes int = 60

@description('Optional. This number of days without a lead raises an alert; 0 is off.')
@minValue(0)
@maxValue(365)
param alertNoLeadDays int = 0

@description('Optional. Who may read and change the journal with `npm run leads`.')
param operators operator[] = []

@description('Optional. Whether operators get a role of their own, which cannot delete the table. Set it to false where no custom role may be made: then they get Storage Table Data Contributor.')
param customOperatorRole bool = true

@description('Optional. Whether the workspace gets a line for every request to tables and queues: who read, changed or erased leads. About 0.1 GB a day.')
param auditStorage bool = false

@description('Optional. Client id of an app registration. If it is given, everything except the intake requires a sign-in with Microsoft Entra ID, and the board is open to those who have one of its roles (docs/board.md).')
param signInClientId string = ''

@description('Optional. Settings of the app, with the names and texts of docs/settings.md. While LEAD_DESTINATIONS is not given, leads wait in the journal.')
param settings appSettings = {}

@description('Optional. Settings of webhook endpoints by name, such as { WEBHOOK_SALES_URL: \'…\' }: docs/settings.md has them. A value is the text itself, or a Key Vault reference (\'@Microsoft.KeyVault(SecretUri=…)\'), which is better for a secret: whoever may read the settings of the app reads the text.')
param webhooks secretTexts = {}

@description('Optional. Name of a key vault in this resource group whose secrets the settings refer to; the app may then read them. A vault that uses access policies, or a firewall, was not tested.')
param keyVaultName string = ''

var names = namesFor(name, uniqueString(resourceGroup().id, name))

// User-assigned: deleting the app does not lose the permissions in Exchange and Dataverse.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.identity
  location: location
  tags: tags
}

module storage 'modules/storage.bicep' = {
  params: {
    name: names.storage
    location: location
    tags: tags
    copies: storageRedundancy
    lock: lockStorage
    softDeleteDays: softDeleteDays
    audit: auditStorage
    workspaceName: names.workspace
  }
  dependsOn: [monitoring]
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: names.workspace
    insightsName: names.insights
    actionGroupName: names.actionGroup
    location: location
    tags: tags
    dailyCapGb: logDailyCapGb
    retentionDays: logRetentionDays
    alertEmail: alertEmail
    alertWebhookUrl: alertWebhookUrl
  }
}

module roles 'modules/roles.bicep' = {
  params: {
    storageName: names.storage
    insightsName: names.insights
    identityId: identity.id
    identityPrincipalId: identity.properties.principalId
    keyVaultName: keyVaultName
    operators: operators
    customRole: customOperatorRole
  }
  dependsOn: [storage, monitoring]
}

module app 'modules/app.bicep' = {
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: names.storage
    insightsName: names.insights
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    settings: union(settingDefaults, settings)
    webhooks: webhooks
    signInClientId: signInClientId
  }
  dependsOn: [roles] // an app that starts before it may read its storage is refused it for minutes
}

module alerts 'modules/alerts.bicep' = {
  params: {
    suffix: names.suffix
    location: location
    tags: tags
    storageName: names.storage
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    repeat: alertRepeat
    pendingMinutes: alertPendingMinutes
    noLeadDays: alertNoLeadDays
    createdAt: monitoring.outputs.createdAt
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceName: names.workspace
  }
  dependsOn: [monitoring]
}

// In capitals because `azd` keeps them as variables of its environment.

@description('Name of the function app: `func azure functionapp publish <name>`.')
output APP_NAME string = names.app

@description('The intake without its key; the key is read after publishing.')
output INTAKE_URL string = 'https://${app.outputs.hostName}/api/leads'

@description('Root of the app, where its pages are.')
output APP_URL string = 'https://${app.outputs.hostName}'

@description('Client id of the identity: Exchange, Dataverse.')
output IDENTITY_CLIENT_ID string = identity.properties.clientId

@description('Object id of the identity: Exchange, Microsoft Graph.')
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId

@description('The storage account that holds the journal.')
output STORAGE_NAME string = names.storage

@description('The workspace that holds the logs.')
output WORKSPACE_NAME string = names.workspace
