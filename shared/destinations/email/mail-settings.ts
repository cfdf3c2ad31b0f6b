import type { EmailSettings } from '../../settings/settings.ts';

/** What of the settings shapes a mail. */
export type MailSettings = Pick<EmailSettings, 'to' | 'cc' | 'subject' | 'body' | 'locale' | 'timeZone'>;
