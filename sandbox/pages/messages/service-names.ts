import type { MessageSummary } from '../page-data.ts';

const names: Record<MessageSummary['format'], string> = {
	standard: 'Own service, signed',
	json: 'Zapier, Make or n8n',
	teams: 'Microsoft Teams',
	slack: 'Slack',
	googlechat: 'Google Chat',
	hubspot: 'HubSpot form',
	form: 'HTML form',
	custom: 'Own service',
};

/** Who reads a message. */
export const serviceName = ({ format, path }: Pick<MessageSummary, 'format' | 'path'>): string =>
	path.endsWith('/servlet.WebToLead') ? 'Salesforce web-to-lead' : names[format];
