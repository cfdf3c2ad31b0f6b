metadata name = 'Storage'
metadata description = 'The storage account of the app: journal, queues, package, and what the Functions host keeps (keys, locks, timers).'

import { redundancy, tagTexts } from 'types.bicep'

@description('Required. Name of the account: 3 to 24 lower-case letters and digits.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags tagTexts

@description('Required. Kind of copies.')
param copies redundancy

@description('Required. Whether the account is locked against deletion.')
param lock bool

@description('Required. Days during which deleted blobs can be brought back.')
param softDeleteDays int

@description('Required. Whether the workspace learns of every read, write and deletion in tables and queues.')
param audit bool

@description('Required. Name of the workspace.')
param workspaceName string

@export()
@description('Table of the journal, as shared/journal/table/table-journal.ts names it.')
var journalTable = 'journal'

@export()
@description('Queues as shared/queues/bell.ts and shared/accept/spill.ts name them; the bells first.')
var queueNames = ['bells', 'bells-poison', 'spill']

// https://learn.microsoft.com/azure/storage/tables/monitor-table-storage-reference#resource-logs
var auditCategories = ['StorageRead', 'StorageWrite', 'StorageDelete']

@export()
@description('Container of the package.')
var packageContainer = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: copies }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
  }
}

// The package is one blob that is read at every start: never put a lifecycle rule on it.
resource package 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: blobService
  name: packageContainer
  properties: { publicAccess: 'None' }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = [
  for queueName in queueNames: {
    parent: queueService
    name: queueName
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' = {
  parent: account
  name: 'default'
}

resource journal 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01' = {
  parent: tableService
  name: journalTable
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (audit) {
  scope: tableService
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [for category in auditCategories: { category: category, enabled: true }]
  }
}

resource queueAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (audit) {
  scope: queueService
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [for category in auditCategories: { category: category, enabled: true }]
  }
}

resource accountLock 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: account
  name: 'keep-journal'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the journal of all leads. To delete it on purpose, delete this lock first.'
  }
}
