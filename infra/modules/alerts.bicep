metadata name = 'Alerts'
metadata description = 'What a person has to know, mailed again until it is cleared. Each alert fires when its query gives a row.'

import { alertSilence, tagTexts } from 'types.bicep'

@description('Required. End of the names.')
param suffix string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags tagTexts

@description('Required. Name of the storage account, for the commands that help.')
param storageName string

@description('Required. Resource id of the workspace.')
param workspaceId string

@description('Required. Resource id of the action group.')
param actionGroupId string

@description('Required. How long an alert that goes on is silent; ISO 8601.')
param repeat alertSilence

@description('Required. Minutes after which a waiting lead is an alert.')
param pendingMinutes int

@description('Required. Days without a lead that are an alert; 0 for never.')
param noLeadDays int

@description('Required. When the workspace was created; ISO 8601. A new app has a day for its first check of the journal.')
param createdAt string

// The state of the journal, as the sweep last logged it: one JSON text a line in AppTraces (LeadSweep/report-journal.ts).
var checked = '''
AppTraces
| where Message has "journal.checked"
| extend e = parse_json(Message)
| where tostring(e.event) == "journal.checked"
'''
var state = '${checked}| summarize arg_max(TimeGenerated, e)\n'

var altered = '''
AppTraces
| where Message has "delivery.misconfigured"
| extend e = parse_json(Message)
| where tostring(e.event) == "delivery.misconfigured"
| where tostring(e.outcome) == "delivered"
'''

var leads = 'npm run leads -- list --account ${storageName}'

var rules = [
  {
    key: 'parked'
    title: 'deliveries are parked'
    severity: 2
    query: '${state}| where toint(e.parked) > 0'
    action: 'Deliveries failed for good and someone must decide. List them with "${leads} --state parked", fix the cause, then replay or close them.'
  }
  {
    key: 'undelivered'
    title: 'settings or permissions keep leads from being delivered'
    severity: 1
    query: '${state}| where toint(e.undecided) > 0 or array_length(e.blocking) > 0'
    action: 'No lead is lost: they wait in the journal. The log lines delivery.misconfigured say what is wrong and what is allowed; fix it, and the waiting leads are delivered automatically.'
  }
  {
    key: 'altered'
    title: 'leads are delivered, but not as the settings say'
    severity: 3
    // What one lead meets (a column that is missing, a template that fails) is not a state of the journal: each lead that meets it says so again.
    query: 'union\n(${state}| where array_length(e.misconfigured) > array_length(e.blocking)\n| project TimeGenerated),\n(${altered}| project TimeGenerated)'
    action: 'A rule, template, column or other setting is wrong and left out, or its default is used. The log lines delivery.misconfigured name it and the problem; fix it for future leads.'
  }
  {
    key: 'rejected'
    title: 'payloads could not be read as leads'
    severity: 2
    query: '${state}| where toint(e.rejected) > 0'
    action: 'Something was posted that is not a lead; it is stored. List it with "${leads} --state rejected", then replay or close it.'
  }
  {
    key: 'spilled'
    title: 'accepted leads wait in the spill'
    severity: 1
    query: '${state}| where toint(e.spilled) > 0'
    action: 'The journal could not be written when they arrived. Check the health of the storage account; the sweep drains the queue "spill" automatically.'
  }
  {
    key: 'pending'
    title: 'a lead waits for too long'
    severity: 2
    query: '${state}| where tolong(e.oldestPendingMs) > ${pendingMinutes * 60000}'
    action: 'A destination is down, throttles or refuses the identity. The log lines delivery.attempted say which and why; deliveries are tried again automatically.'
  }
  {
    key: 'heldback'
    title: 'mails are held back'
    severity: 2
    query: '${state}| where toint(e.heldBack) > 0'
    action: 'The limit EMAIL_MAX_PER_HOUR is reached. If the leads are real, raise it. If they are rubbish, the intake URL has leaked: rotate its key.'
  }
  {
    key: 'intake'
    title: 'the intake answers with server errors'
    severity: 0
    // Requests are logged only where host.json lets Host.Results through, which its default level Warning does not: then the second half alone finds what was refused.
    query: '''
union
  (AppRequests | where Name == "LeadIntake" and toint(ResultCode) >= 500 | project TimeGenerated),
  (AppTraces | where Message has "lead.unaccepted" | extend e = parse_json(Message) | where tostring(e.event) == "lead.unaccepted" | project TimeGenerated)'''
    action: 'Leads may have been lost: Microsoft does not promise to post them again. Check the storage account; afterwards compare with the Referrals export of Partner Center.'
  }
  {
    key: 'silent'
    title: 'the journal was not checked in full for an hour'
    severity: 1
    // A new app checks nothing until it is published: either it has checked before, or it has had a day. A rule looks back two days at most.
    query: '${checked}| where isempty(tostring(e.unread))\n| summarize newest = max(TimeGenerated)\n| where newest < ago(1h) or (isnull(newest) and datetime(${createdAt}) < ago(1d))'
    action: 'The app does not run, the package is missing, storage refuses or fails, or logs do not arrive. Open the app in the portal; sweep.failed in the logs says why.'
  }
  {
    key: 'quiet'
    title: 'no lead for ${max(noLeadDays, 1)} days'
    severity: 3
    query: '${state}| where isnotempty(tostring(e.event)) and tostring(e.unread) !has "lastLeadAt"\n| where coalesce(todatetime(e.lastLeadAt), todatetime(e.journalSince)) < ago(${max(noLeadDays, 1)}d)'
    action: 'Press Validate in Partner Center and check that the test lead arrives; a wrong key is answered with 401 and leaves no trace in the app.'
  }
  {
    // What the service documents for it: https://learn.microsoft.com/azure/azure-monitor/logs/daily-cap#alert-when-daily-cap-is-reached
    key: 'capped'
    title: 'the daily cap of the logs is reached'
    severity: 1
    query: '_LogOperation\n| where Category =~ "Ingestion"\n| where Detail contains "OverQuota"'
    action: 'Until the next day nothing is logged and no other alert can be raised; leads are still accepted and delivered. Find out what logs so much, or raise logDailyCapGb.'
  }
]

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.key}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Lead intake: ${rule.title}'
      description: rule.action
      severity: rule.severity
      enabled: rule.key != 'quiet' || noLeadDays > 0
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      // The state is logged every five minutes, the cap once a day.
      windowSize: rule.key == 'capped' ? 'P1D' : 'PT1H'
      ...(rule.key == 'silent' ? { overrideQueryTimeRange: 'P2D' } : {})
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      // Not stateful: a stateful alert is mailed once, however long it goes on.
      autoMitigate: false
      muteActionsDuration: repeat
      skipQueryValidation: true // a new workspace does not know its tables yet
      actions: { actionGroups: [actionGroupId] }
    }
  }
]
