/** Three wrong values of every setting, and what is said of each; beside storage, without which nothing can be accepted. */
export const wrongSettings: Record<string, [value: string, words: string][]> = {
	LEAD_DESTINATIONS: [
		['emial', 'holds a name (number 1) that is not a destination; did you mean email?'],
		['email;fax', 'holds a name (number 2) that is not a destination'],
		[' ; ', 'is missing'],
	],
	LEAD_ROUTES: [
		['{not json', 'is not valid JSON: invalid symbol at character 2'],
		['[{"when":{"ofer":"crm"},"choose":{}}]', 'rule 1: `when.ofer` is not a property; did you mean `offer`?'],
		['[{"when":{},"choose":{"to":"{{email}}"}}]', 'rule 1: `choose.to` is not valid; allowed: one or more e-mail addresses'],
	],
	LEAD_TEST_POLICY: [
		['delivr', 'is not one of the values allowed; did you mean deliver?'],
		['drop', 'is not one of the values allowed'],
		['yes', 'is not one of the values allowed'],
	],
	LEAD_DNC_POLICY: [
		['Jornal', 'is not one of the values allowed; did you mean journal?'],
		['never', 'is not one of the values allowed'],
		['true', 'is not one of the values allowed'],
	],
	LEAD_SAME_PERSON: [
		['mentions', 'is not one of the values allowed; did you mean mention?'],
		['merge', 'is not one of the values allowed'],
		['1', 'is not one of the values allowed'],
	],
	LEAD_DEDUPE_WINDOW: [
		['1 day', 'is not a duration of a fixed length'],
		['P1M', 'is not a duration of a fixed length'],
		['P400D', 'is too short or too long'],
	],
	LEAD_RETENTION: [
		['180', 'is not a duration of a fixed length'],
		['PT1H', 'is too short or too long'],
		['P1Y', 'is not a duration of a fixed length'],
	],
	LEAD_SWEEP_SCHEDULE: [
		['*/7 * * * *', 'is not an NCRONTAB expression'],
		['0 */5 * * * 7', 'is not an NCRONTAB expression'],
		['every 5 minutes', 'is not an NCRONTAB expression'],
	],
	DELIVERY_RETRY_WINDOW: [
		['7 days', 'is not a duration of a fixed length'],
		['PT0S', 'is too short or too long'],
		['P2Y', 'is not a duration of a fixed length'],
	],
	DELIVERY_RETRY_FIRST: [
		['30', 'is not a duration of a fixed length'],
		['PT2H', 'is too short or too long'],
		['-PT30S', 'is not a duration of a fixed length'],
	],
	DELIVERY_ATTEMPT_TIMEOUT: [
		['60s', 'is not a duration of a fixed length'],
		['PT10M', 'is too short or too long'],
		['PT0S', 'is too short or too long'],
	],
	EMAIL_FROM: [
		['postmaster', 'is not an e-mail address'],
		['a@contoso.com;b@contoso.com', 'is not an e-mail address'],
		['Leads <leads@contoso.com>', 'is not an e-mail address'],
	],
	EMAIL_TO: [
		['sales', 'holds something that is not an e-mail address'],
		['sales@contoso', 'holds something that is not an e-mail address'],
		['{{email}}', 'holds something that is not an e-mail address'],
	],
	EMAIL_CC: [
		['nobody', 'holds something that is not an e-mail address'],
		['a@contoso.com b@contoso.com', 'holds something that is not an e-mail address'],
		[';;', 'holds something that is not an e-mail address'],
	],
	EMAIL_SUBJECT: [
		['Lead of {{compny}}', 'holds {{compny}}, which is not known; did you mean {{company}}?'],
		['Lead of {{{name}}}', 'holds {{{name}}}: values are always escaped, write {{name}}'],
		['Lead of {{name', 'opens {{ at character 9 and does not close it with }}'],
	],
	EMAIL_BODY: [
		['<p>{{nme}}</p>', 'holds {{nme}}, which is not known; did you mean {{name}}?'],
		['<a onclick="x({{name}})">x</a>', 'holds {{name}} in the attribute onclick, where no value is safe'],
		['{{#campaignList}}{{name}}', 'opens {{#campaignList}} and does not close it with {{/campaignList}}'],
	],
	EMAIL_LOCALE: [
		['german', 'is not a known locale'],
		['en_GB', 'is not a known locale'],
		['Klingon!', 'is not a known locale'],
	],
	EMAIL_TIME_ZONE: [
		['Vienna', 'is not a known time zone'],
		['+02:00', 'is not a known time zone'],
		['Europe/Atlantis', 'is not a known time zone'],
	],
	EMAIL_MAX_PER_HOUR: [
		['0', 'is not one of the values allowed'],
		['many', 'is not one of the values allowed'],
		['2.5', 'is not one of the values allowed'],
	],
	GRAPH_BASE_URL: [
		['graph.contoso.com', 'is not a URL that tokens may be sent to'],
		['http://graph.microsoft.com', 'is not a URL that tokens may be sent to'],
		['https://u:p@graph.microsoft.com', 'is not a URL that tokens may be sent to'],
	],
	DATAVERSE_URL: [
		['fabrikam.crm4.dynamics.com', 'is not an origin that tokens may be sent to'],
		['http://contoso.crm4.dynamics.com', 'is not an origin that tokens may be sent to'],
		['https://contoso.crm4.dynamics.com/api/data', 'is not an origin that tokens may be sent to'],
	],
	DATAVERSE_FIELDS: [
		['new_region={{country}}', 'is not valid JSON: invalid symbol at character 1'],
		['{"New_Region":"{{country}}"}', 'column `New_Region`: is not a logical name of a column; did you mean `new_region`?'],
		['{"ownerid":"{{company}}"}', 'column `ownerid`: is set by DATAVERSE_OWNER, leave it out'],
	],
	DATAVERSE_OWNER: [
		['11111111-2222-3333-4444-555555555555', 'is an id without user: or team: in front of it'],
		['x'.repeat(201), 'is too long for a name'],
		['user:11111111-2222-3333-4444-55555555555', 'has a value after user: that is almost an id'],
	],
	DATAVERSE_LEAD_SOURCE: [
		['Internet', 'is not one of the values allowed'],
		['-1', 'is not one of the values allowed'],
		['8.5', 'is not one of the values allowed'],
	],
	DATAVERSE_PHONE: [
		['internatoinal', 'is not one of the values allowed; did you mean international?'],
		['+44', 'is not one of the values allowed'],
		['true', 'is not one of the values allowed'],
	],
	DATAVERSE_COUNTRY: [
		['wrods', 'is not one of the values allowed; did you mean words?'],
		['GB', 'is not one of the values allowed'],
		['name', 'is not one of the values allowed'],
	],
	DATAVERSE_DUPLICATE_DETECTION: [
		['treu', 'is not one of the values allowed; did you mean true?'],
		['yes', 'is not one of the values allowed'],
		['1', 'is not one of the values allowed'],
	],
	WEBHOOK_NAME_URL: [
		['hooks.example.com/leads', 'is not a URL that begins with https://'],
		['http://hooks.example.com/leads', 'begins with http: what is sent could be read on its way'],
		['https://contoso.webhook.office.com/webhookb2/1', 'is the address of an Office 365 connector'],
	],
	WEBHOOK_NAME_FORMAT: [
		['slak', 'is not one of the values allowed; did you mean slack?'],
		['xml', 'is not one of the values allowed'],
		['adaptive card', 'is not one of the values allowed'],
	],
	WEBHOOK_NAME_SECRET: [
		['s3cr3t', 'holds a secret that is not whsec_ and 24 to 64 bytes in base64'],
		['whsec_c2hvcnQ=', 'holds a secret that is not whsec_ and 24 to 64 bytes in base64'],
		['whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'holds an asymmetric key, which is not supported'],
	],
	WEBHOOK_NAME_AUTHORIZATION: [
		['Bearer tökèn', 'is not one line of plain characters'],
		['Bearer 密钥', 'is not one line of plain characters'],
		['Bearer ключ', 'is not one line of plain characters'],
	],
	WEBHOOK_NAME_HEADERS: [
		['{not json', 'is not JSON'],
		['["x-team"]', 'is not a JSON object'],
		['{"Content-Type":"text/plain"}', 'holds content-type, which the app sets itself'],
	],
	WEBHOOK_NAME_FIELDS: [
		['[1, 2]', 'is not a JSON object'],
		['{"a":"{{compny}}"}', 'holds {{compny}}, which is not known; did you mean {{company}}? (in a)'],
		['{"a":1}', 'gives a something that is not text: write it in quotes'],
	],
	WEBHOOK_NAME_BODY: [
		['{not json', 'is not JSON'],
		['"lead"', 'is not a JSON object or list'],
		['{"a":["{{compny}}"]}', 'holds {{compny}}, which is not known; did you mean {{company}}? (at /a/0)'],
	],
	WEBHOOK_NAME_TITLE: [
		['New lead of {{compny}}', 'holds {{compny}}, which is not known; did you mean {{company}}?'],
		['New lead of {{name', 'opens {{ at character 13'],
		['New lead {{> part}}', 'holds {{>part}}: partials are not supported'],
	],
	WEBHOOK_TIMEOUT: [
		['20 seconds', 'is not a duration of a fixed length'],
		['PT10M', 'is too short or too long'],
		['PT0S', 'is too short or too long'],
	],
	WEBHOOK_PRIVATE_NETWORKS: [
		['10.0.0.0', 'holds something that is not an address range'],
		['10.0.0.0/33', 'holds something that is not an address range'],
		['contoso.com', 'holds something that is not an address range'],
	],
	AZURE_CLIENT_ID: [
		['my-identity', 'is not a GUID'],
		['22222222-3333-4444', 'is not a GUID'],
		['{11111111-2222-3333-4444-555555555555}', 'is not a GUID'],
	],
	BOARD_CLIENT_ID: [
		['my-identity', 'is not a GUID'],
		['22222222-3333-4444', 'is not a GUID'],
		['{11111111-2222-3333-4444-555555555555}', 'is not a GUID'],
	],
	BOARD_TENANT_ID: [
		['my-identity', 'is not a GUID'],
		['22222222-3333-4444', 'is not a GUID'],
		['{11111111-2222-3333-4444-555555555555}', 'is not a GUID'],
	],
};
