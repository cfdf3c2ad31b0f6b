metadata name = 'Workbook'
metadata description = 'A page of the portal that shows leads, outcomes and waiting times from the log lines.'

import { tagTexts } from 'types.bicep'

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags tagTexts

@description('Required. Name of the workspace.')
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'lead intake')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Lead intake'
    sourceId: workspace.id
    serializedData: replace(loadTextContent('workbook.json'), 'WORKSPACE_ID', workspace.id)
  }
}
