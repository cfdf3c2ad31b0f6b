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

const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** The few characters that services want to have escaped, as they are shown. */
export const decodeBasic = (text: string): string => text.replace(/&(lt|gt|amp|quot|#39);/g, (whole, name: string) => signs[name] ?? whole);
