import { toList } from '../../basics/list.ts';
import { readOrComplain } from '../../basics/read-or-complain.ts';
import type { SettingsPart } from '../../delivery/destination-kind.ts';
import { checkTemplate } from '../../templates/check-template.ts';
import type { TemplatePlace } from '../../templates/template-names.ts';
import validate from './email-settings.schema.generated.cjs';
import schema from './email-settings.schema.json' with { type: 'json' };

/** The texts of the settings, by name. */
export type EmailTexts = Partial<Record<keyof typeof schema.properties, string | undefined>>;

/** What mails need to know. */
export interface EmailSettings {
	from?: string;
	to: string[];
	cc: string[];
	/** A template that was found right; without it the built-in subject is used. */
	subject?: string;
	/** As the subject, in HTML. */
	body?: string;
	/** Known to `Intl`. */
	locale: string;
	/** IANA, known to `Intl`. */
	timeZone: string;
	maxPerHour: number;
	/** Root without a trailing slash: `https://graph.microsoft.com`. */
	graphBaseUrl: string;
}

export const emailSettings: SettingsPart<EmailSettings> = {
	schema: schema as unknown as SettingsPart<EmailSettings>['schema'],
	validate,
	read: (texts: EmailTexts, text) => {
		const subject = readOrComplain('EMAIL_SUBJECT', () => readTemplate('EMAIL_SUBJECT', 'text', texts), noTemplate);
		const body = readOrComplain('EMAIL_BODY', () => readTemplate('EMAIL_BODY', 'html', texts), noTemplate);
		return {
			own: {
				...(texts.EMAIL_FROM && { from: texts.EMAIL_FROM }),
				to: toList(text('EMAIL_TO')),
				cc: toList(text('EMAIL_CC')),
				...(subject.template !== undefined && { subject: subject.template }),
				...(body.template !== undefined && { body: body.template }),
				locale: text('EMAIL_LOCALE'),
				timeZone: text('EMAIL_TIME_ZONE'),
				maxPerHour: Number(text('EMAIL_MAX_PER_HOUR')),
				graphBaseUrl: new URL(text('GRAPH_BASE_URL')).href.replace(/\/+$/, ''),
			},
			problems: [...subject.problems, ...body.problems],
		};
	},
};

export const emailName = 'email';

/** The settings of mails among all that were read. */
export const emailSettingsOf = ({ own }: { own: Record<string, unknown> }): EmailSettings => own[emailName] as EmailSettings;

const noTemplate: { template: string | undefined } = { template: undefined };

/** A template when it is set and right; otherwise what is wrong with it. */
function readTemplate(setting: keyof EmailTexts, place: TemplatePlace, texts: EmailTexts) {
	const text = texts[setting];
	const problems = text === undefined ? [] : checkTemplate(text, place).map((problem) => ({ setting, problem }));
	return { template: problems.length > 0 ? undefined : text, problems };
}

/** What of the settings shapes a mail. */
export type MailSettings = Pick<EmailSettings, 'to' | 'cc' | 'subject' | 'body' | 'locale' | 'timeZone'>;
