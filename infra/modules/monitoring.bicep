metadata name = 'Monitoring'
metadata description = 'Where the app logs to, and whom alerts are mailed to.'

import { tagTexts } from 'types.bicep'

@description('Required. Name of the workspace.')
param workspaceName string

@description('Required. Name of the Application Insights component.')
param insightsName string

@description('Required. Name of the action group.')
param actionGroupName string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags tagTexts

@description('Required. Most GB a day, as a text: Bicep has no fractions.')
param dailyCapGb string

@description('Required. Days during which logs are kept.')
param retentionDays int

@description('Required. Where alerts go.')
param alertEmail string

@description('Required. URL to which every alert is posted too; empty for none.')
@secure()
param alertWebhookUrl string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: json(dailyCapGb) }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true // telemetry only from who has a role: the connection string is no secret
  }
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'lead-intake' // at most 12 characters
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
    webhookReceivers: empty(alertWebhookUrl)
      ? []
      : [
          {
            name: 'webhook'
            serviceUri: alertWebhookUrl
            useCommonAlertSchema: true
          }
        ]
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Resource id of the action group.')
output actionGroupId string = actionGroup.id

@description('When the workspace was created; ISO 8601.')
output createdAt string = workspace.properties.createdDate
