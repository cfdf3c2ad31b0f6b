metadata name = 'App'
metadata description = 'The function app on a Flex Consumption plan of its own.'

import { packageContainer } from 'storage.bicep'
import { instanceMemory, secretTexts, settingTexts, tagTexts } from 'types.bicep'

@description('Required. Name of the app.')
param name string

@description('Required. Name of the plan; Flex Consumption takes one app per plan.')
param planName string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags tagTexts

@description('Required. Resource id of the identity.')
param identityId string

@description('Required. Client id of the identity.')
param identityClientId string

@description('Required. Name of the storage account.')
param storageName string

@description('Required. Name of the Application Insights component.')
param insightsName string

@description('Required. Memory of an instance in MB.')
param instanceMemoryMB instanceMemory

@description('Required. Most instances at once.')
param maximumInstanceCount int

@description('Required. HTTP instances that are always warm.')
param alwaysReadyHttpInstances int

@description('Required. Settings of the app by name; what is empty or null is left out.')
param settings settingTexts

@description('Required. Settings of webhook endpoints by name, as texts or Key Vault references.')
param webhooks secretTexts

@description('Required. Client id of the app registration for sign-in; empty for none.')
param signInClientId string

var signIn = !empty(signInClientId)

// With this name as its secret's name the platform proves itself to the app registration by the identity, without a secret.
// https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad#use-a-managed-identity-instead-of-a-secret-preview
var signInIdentitySetting = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

resource storage 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'intake' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    // Here, and not in siteConfig, where it does nothing (Azure/bicep-registry-modules#6054).
    keyVaultReferenceIdentity: identityId
    httpsOnly: true
    publicNetworkAccess: 'Enabled' // the marketplace names no addresses that could be listed
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyHttpInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttpInstances }]
      }
    }
    siteConfig: {
      // No ftpsState: Flex Consumption refuses it (microsoft/azure-pipelines-tasks#21032); its FTP credentials are off below.
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      appSettings: concat(
        map(filter(items(settings), setting => !empty(setting.?value)), setting => { name: setting.key, value: setting.?value }),
        [
          { name: 'AZURE_CLIENT_ID', value: identityClientId }
          // Besides the addresses: without it some hosts cannot open their blobs now and then, and answer 401 (Azure/azure-functions-host#11787).
          { name: 'AzureWebJobsStorage__accountName', value: storage.name }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
          { name: 'AzureWebJobsStorage__blobServiceUri', value: storage.properties.primaryEndpoints.blob }
          { name: 'AzureWebJobsStorage__queueServiceUri', value: storage.properties.primaryEndpoints.queue }
          { name: 'AzureWebJobsStorage__tableServiceUri', value: storage.properties.primaryEndpoints.table }
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
          { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identityClientId};Authorization=AAD' }
        ],
        signIn
          ? [
              { name: signInIdentitySetting, value: identityClientId }
              // Whom the board lets in, if they have a role. Never WEBSITE_AUTH_ENABLED: the platform sets it, and the board believes it.
              { name: 'BOARD_CLIENT_ID', value: signInClientId }
              { name: 'BOARD_TENANT_ID', value: tenant().tenantId }
            ]
          : [],
        map(filter(items(webhooks), setting => !empty(setting.?value)), setting => { name: setting.key, value: setting.?value })
      )
    }
  }
}

resource ftpCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource scmCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

// Written when sign-in is off too, so that a deployment without it turns it off again.
resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: signIn }
    globalValidation: {
      requireAuthentication: signIn
      unauthenticatedClientAction: signIn ? 'RedirectToLoginPage' : 'AllowAnonymous'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: ['/api/leads'] // the marketplace cannot sign in: the function's key guards the intake
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: signIn
        registration: signIn
          ? {
              clientId: signInClientId
              clientSecretSettingName: signInIdentitySetting
              openIdIssuer: uri(environment().authentication.loginEndpoint, '${tenant().tenantId}/v2.0')
            }
          : {}
        validation: signIn
          ? {
              allowedAudiences: [signInClientId, 'api://${signInClientId}']
              defaultAuthorizationPolicy: { allowedApplications: [signInClientId] }
            }
          : {}
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}

@description('Host name of the app.')
output hostName string = app.properties.defaultHostName
