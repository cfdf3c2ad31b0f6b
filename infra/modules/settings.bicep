// Made by npm run generate, from the schemas of the settings.
metadata name = 'Settings'
metadata description = 'Settings of the app: the names and texts of docs/settings.md.'

@export()
@sealed()
@description('Settings of the app by name, as the texts that it reads. AZURE_CLIENT_ID, BOARD_CLIENT_ID and BOARD_TENANT_ID are set by the template.')
type appSettings = {
  @description('Optional. Where leads go: email, crm, and webhook:NAME for each endpoint that has a WEBHOOK_NAME_URL. While it is missing or holds a name that is not valid, leads wait in the journal, undecided, and are delivered when it is fixed. Allowed: email, crm or both, separated by ; or ,.')
  LEAD_DESTINATIONS: string?

  @description('Optional. Rules in JSON that treat some leads differently: the first rule whose conditions a lead meets decides its destinations, recipients, subject, owner or CRM fields, or keeps it in the journal only. See docs/routing.md. Allowed: a JSON list of rules such as [{"when":{"country":"DE"},"choose":{"to":"dach@contoso.com"}}]. From a file: loadTextContent(\'routes.json\').')
  LEAD_ROUTES: string?

  @description('Optional. Whether the test leads (MSFT_TEST) that Partner Center sends on Validate and Publish are delivered, marked [TEST], or kept in the journal only. Default: deliver')
  LEAD_TEST_POLICY: ('deliver' | 'journal')?

  @description('Optional. Whether leads whose action is DNC are kept in the journal only, or delivered, marked \'do not contact\'. Default: journal')
  LEAD_DNC_POLICY: ('journal' | 'deliver')?

  @description('Optional. How a lead is delivered if the same person has asked for the same offer within the last 30 days: like any other, or with a mention of the earlier lead in the mail and the record. Default: deliver')
  LEAD_SAME_PERSON: ('deliver' | 'mention')?

  @description('Optional. How long the same content counts as the same lead: it is answered as a duplicate and counted, but not delivered again. Allowed: an ISO 8601 duration from PT0S to P366D, such as P1D or PT12H. Default: P1D')
  LEAD_DEDUPE_WINDOW: string?

  @description('Optional. After this time personal data of leads whose deliveries have ended is purged; anonymous daily counts stay. Allowed: an ISO 8601 duration from P1D to P3660D, such as P180D. Default: P180D')
  LEAD_RETENTION: string?

  @description('Optional. When the sweep looks for overdue, undecided and spilled leads. A schedule that never runs is refused. Allowed: an NCRONTAB expression of six fields (second minute hour day month weekday), such as 0 */5 * * * *. Default: 0 */5 * * * *')
  LEAD_SWEEP_SCHEDULE: string?

  @description('Optional. How long a failing delivery is tried again, with at least five attempts. Then it is parked, and someone must decide. Allowed: an ISO 8601 duration from PT1S to P366D, such as P7D. Default: P7D')
  DELIVERY_RETRY_WINDOW: string?

  @description('Optional. The first step of the retry schedule; each further step is twice as long, up to 6 hours. Allowed: an ISO 8601 duration from PT1S to PT1H, such as PT30S. Default: PT30S')
  DELIVERY_RETRY_FIRST: string?

  @description('Optional. How long one attempt may take, token included. Allowed: an ISO 8601 duration from PT1S to PT3M, such as PT60S. Default: PT60S')
  DELIVERY_ATTEMPT_TIMEOUT: string?

  @description('Optional. How dates and numbers are written in templates; the built-in texts are always English. Allowed: a locale such as en-GB or de-AT. Default: en-GB')
  EMAIL_LOCALE: string?

  @description('Optional. The time zone of dates in templates. Allowed: an IANA time zone such as Europe/Berlin or UTC. Default: UTC')
  EMAIL_TIME_ZONE: string?

  @description('Optional. The mailbox that the mails are sent from; the identity needs permission to send as it. Allowed: one e-mail address, such as leads@contoso.com.')
  EMAIL_FROM: string?

  @description('Optional. Who gets the mails. Never taken from a lead. Allowed: one or more e-mail addresses, separated by ; or ,.')
  EMAIL_TO: string?

  @description('Optional. Who gets a copy. While it is wrong, mails go without it. Allowed: e-mail addresses, separated by ; or ,.')
  EMAIL_CC: string?

  @description('Optional. Template for the subject of the mails; without it the built-in one is used. See docs/templates.md. Allowed: one line of text with names in braces, such as {{actionInWords}}: {{name}}.')
  EMAIL_SUBJECT: string?

  @description('Optional. Template for the body of the mails in HTML; it may use the built-in parts. Without it the built-in body is used. See docs/templates.md. Allowed: HTML with names in braces, such as {{name}} or {{parts.details}}, of 30,000 bytes at most. From a file: loadTextContent(\'body.html\').')
  EMAIL_BODY: string?

  @description('Optional. The most mails that one instance sends in an hour; further mails are sent later. A leaked URL must not become a mail bomb. Allowed: a whole number from 1 to 999999. Default: 200')
  EMAIL_MAX_PER_HOUR: string?

  @description('Optional. Root URL of Microsoft Graph; sovereign clouds have their own. Allowed: an https URL such as https://graph.microsoft.com (http only for a loopback address). Default: https://graph.microsoft.com')
  GRAPH_BASE_URL: string?

  @description('Optional. The Dynamics 365 environment in which leads are created. Allowed: an https origin without a path, such as https://contoso.crm4.dynamics.com (http only for a loopback address).')
  DATAVERSE_URL: string?

  @description('Optional. Columns of the CRM record in JSON, each with its value: a template, a constant, or a lookup. See docs/fields.md. Allowed: a JSON object of columns and templates such as {"new_region":"{{country}}"}. From a file: loadTextContent(\'fields.json\').')
  DATAVERSE_FIELDS: string?

  @description('Optional. The user or team that owns the records. Without it the identity owns them. See docs/fields.md. Allowed: user:<id>, team:<id>, or the name or e-mail address of a user or team.')
  DATAVERSE_OWNER: string?

  @description('Optional. Choice value of the column leadsourcecode (8 is Web in the standard list). If it is missing, the column stays empty. Allowed: the whole number of a choice, such as 8.')
  DATAVERSE_LEAD_SOURCE: string?

  @description('Optional. How the column telephone1 is filled: with the number as received, or in international form (+44 20 7123 4567) where it is certain. Default: received')
  DATAVERSE_PHONE: ('received' | 'international')?

  @description('Optional. How the column address1_country is filled: with the country as received (GB), or in words: United Kingdom (GB). Default: received')
  DATAVERSE_COUNTRY: ('received' | 'words')?

  @description('Optional. Whether the environment\'s duplicate-detection rules may refuse a lead; a refused lead is parked, and someone must decide. Default: false')
  DATAVERSE_DUPLICATE_DETECTION: ('false' | 'true')?

  @description('Optional. How long an endpoint may take to answer a request, connection included. Allowed: an ISO 8601 duration from PT1S to PT60S, such as PT20S. Default: PT20S')
  WEBHOOK_TIMEOUT: string?

  @description('Optional. Private address ranges that endpoints may be in, such as those of a virtual network. All other private addresses are refused; link-local addresses, loopback addresses and those of Azure\'s own services are refused always. Allowed: address ranges such as 10.20.0.0/16, separated by ; or ,.')
  WEBHOOK_PRIVATE_NETWORKS: string?
}

@export()
@description('What a setting is when it is not given; one without a default is not listed.')
var settingDefaults = {
  LEAD_TEST_POLICY: 'deliver'
  LEAD_DNC_POLICY: 'journal'
  LEAD_SAME_PERSON: 'deliver'
  LEAD_DEDUPE_WINDOW: 'P1D'
  LEAD_RETENTION: 'P180D'
  LEAD_SWEEP_SCHEDULE: '0 */5 * * * *'
  DELIVERY_RETRY_WINDOW: 'P7D'
  DELIVERY_RETRY_FIRST: 'PT30S'
  DELIVERY_ATTEMPT_TIMEOUT: 'PT60S'
  EMAIL_LOCALE: 'en-GB'
  EMAIL_TIME_ZONE: 'UTC'
  EMAIL_MAX_PER_HOUR: '200'
  GRAPH_BASE_URL: 'https://graph.microsoft.com'
  DATAVERSE_PHONE: 'received'
  DATAVERSE_COUNTRY: 'received'
  DATAVERSE_DUPLICATE_DETECTION: 'false'
  WEBHOOK_TIMEOUT: 'PT20S'
}
