metadata name = 'Roles'
metadata description = 'Who may do what, each at the narrowest scope that works.'

import { operator } from 'types.bicep'
import { journalTable, queueNames } from 'storage.bicep'

@description('Required. Name of the storage account.')
param storageName string

@description('Required. Name of the Application Insights component.')
param insightsName string

@description('Required. Resource id of the identity; makes the names of its assignments.')
param identityId string

@description('Required. Object id of the identity.')
param identityPrincipalId string

@description('Required. Name of the key vault that settings refer to; empty for none.')
param keyVaultName string

@description('Required. People or groups who operate the journal.')
param operators operator[]

@description('Required. Whether operators get a role that cannot delete the table.')
param customRole bool

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var roleIds = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Queue Data Message Sender': 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
}

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageName

  resource queueService 'queueServices' existing = {
    name: 'default'

    resource queue 'queues' existing = [for name in queueNames: { name: name }]
  }

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource journal 'tables' existing = { name: journalTable }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// The whole account: the host makes and reads containers of its own (keys, locks, timers) and the package.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
resource blobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, identityId, roleIds['Storage Blob Data Owner'])
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Blob Data Owner'])
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource queues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in queueNames: {
    scope: storage::queueService::queue[index]
    name: guid(storage::queueService::queue[index].id, identityId, roleIds['Storage Queue Data Contributor'])
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Queue Data Contributor'])
      principalId: identityPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

// The journal alone: the host then says once per start that it may not write its diagnostic events into tables, and goes on.
resource journal 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage::tableService::journal
  name: guid(storage::tableService::journal.id, identityId, roleIds['Storage Table Data Contributor'])
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Table Data Contributor'])
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identityId, roleIds['Monitoring Metrics Publisher'])
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Monitoring Metrics Publisher'])
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = if (!empty(keyVaultName)) {
  name: keyVaultName
}

// The platform reads the secrets that settings refer to, as the app's identity, before the app starts.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(keyVaultName)) {
  scope: vault
  name: guid(resourceGroup().id, keyVaultName, identityId, roleIds['Key Vault Secrets User'])
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Key Vault Secrets User'])
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// What the built-in contributor may do with rows, without its right to make and delete tables.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage#storage-table-data-contributor
resource journalOperator 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (customRole && !empty(operators)) {
  name: guid(resourceGroup().id, storageName, 'journal operator')
  properties: {
    roleName: 'Lead journal operator (${storageName})'
    description: 'Reads, changes and erases the rows of tables. Cannot make or delete a table.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: ['Microsoft.Storage/storageAccounts/tableServices/tables/read']
        dataActions: [
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/write'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/add/action'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/update/action'
        ]
      }
    ]
  }
}

resource operatorJournal 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    scope: storage::tableService::journal
    name: guid(
      storage::tableService::journal.id,
      operator.principalId,
      customRole ? 'journal operator' : roleIds['Storage Table Data Contributor']
    )
    properties: {
      roleDefinitionId: customRole
        ? journalOperator.id
        : subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Table Data Contributor'])
      principalId: operator.principalId
      principalType: operator.principalType
    }
  }
]

// A replay rings: it sends to the first queue, the bells, and reads nothing there.
resource operatorBells 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    scope: storage::queueService::queue[0]
    name: guid(storage::queueService::queue[0].id, operator.principalId, roleIds['Storage Queue Data Message Sender'])
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Queue Data Message Sender'])
      principalId: operator.principalId
      principalType: operator.principalType
    }
  }
]

// Erasing looks into what waits in the other two: it receives, gives back and deletes.
resource operatorPoison 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    scope: storage::queueService::queue[1]
    name: guid(storage::queueService::queue[1].id, operator.principalId, roleIds['Storage Queue Data Contributor'])
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Queue Data Contributor'])
      principalId: operator.principalId
      principalType: operator.principalType
    }
  }
]

resource operatorSpill 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    scope: storage::queueService::queue[2]
    name: guid(storage::queueService::queue[2].id, operator.principalId, roleIds['Storage Queue Data Contributor'])
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Storage Queue Data Contributor'])
      principalId: operator.principalId
      principalType: operator.principalType
    }
  }
]
