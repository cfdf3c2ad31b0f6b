import type { EmailSettings } from './email-settings.ts';

/** What of the settings shapes a mail. */
export type MailSettings = Pick<EmailSettings, 'to' | 'cc' | 'subject' | 'body' | 'locale' | 'timeZone'>;
