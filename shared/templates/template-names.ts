/** Where a template's text ends up: plain text (also a subject) or the HTML of a mail. */
export type TemplatePlace = 'text' | 'html';

/** `text` prints; `flag` is for `{{#…}}` and prints true or false; `list` is for `{{#…}}` alone; `html` is made by us, safe as it is. */
export type NameKind = 'text' | 'flag' | 'list' | 'html';

interface TemplateName {
	kind: NameKind;
	/** What it says, for `docs/templates.md`. */
	meaning: string;
}

const text = (meaning: string): TemplateName => ({ kind: 'text', meaning });
const flag = (meaning: string): TemplateName => ({ kind: 'flag', meaning });
const list = (meaning: string): TemplateName => ({ kind: 'list', meaning });
const html = (meaning: string): TemplateName => ({ kind: 'html', meaning });

const everywhere = {
	name: text('the person or company: first and last name, else the company, the e-mail address or the phone number'),
	firstName: text('first name'),
	lastName: text('last name'),
	email: text('e-mail address as received'),
	phone: text('phone number as received'),
	phoneInternational: text('phone number in international form where it is certain (`+44 20 7123 4567`), else as received'),
	country: text('country as received: a code or a name'),
	countryInWords: text('country in words: `United Kingdom (GB)`; as received when no one knows it'),
	countryCode: text('the code of the country, if it is known: `GB`'),
	company: text('company'),
	title: text('job title'),
	offerTitle: text('title of the offer'),
	offer: text('offer id, when the lead source names it'),
	publisher: text('publisher id, when the lead source names it'),
	leadSource: text('lead source as received'),
	source: text('where the customer was, as a code: `SPZA`'),
	sourceInWords: text('where the customer was, in words: `AppSource`'),
	action: text('what the customer did, as a code: `PLT`'),
	actionInWords: text('what the customer did, in words: `Contact me`'),
	description: text("the customer's own words"),
	marks: text('`[TEST]`, `[do not contact]`, `[no contact data]`, as far as they are true'),
	leadId: text('lead id'),
	reference: text('lead reference: the last eight digits of the lead id'),
	receivedAt: text('date and time of receipt, by `EMAIL_LOCALE` and `EMAIL_TIME_ZONE`'),
	receivedDate: text('its date'),
	receivedTime: text('its time'),
	receivedAtIso: text('the same for machines, in UTC: `2026-11-23T22:46:00.000Z`'),
	recordUrl: text("address of the lead's CRM record, when it goes to the CRM too"),
	isTest: flag("sent by Partner Center's Validate or Publish"),
	doNotContact: flag('the customer must not be contacted'),
	hasContact: flag('there is an e-mail address or a phone number'),
	campaignList: list('all campaign parameters; each has `name` and `value`'),
	unknownList: list("all members that the marketplace's schema does not know; each has `name` and `value`"),
	earlier: flag('the same person asked for the same offer before (`LEAD_SAME_PERSON` = `mention`)'),
	'earlier.leadId': text("the earlier lead's id"),
	'earlier.reference': text("the earlier lead's reference"),
	'earlier.actionInWords': text('what the customer did then'),
	'earlier.receivedAt': text('when that was'),
	'earlier.daysAgo': text('how many days ago that was'),
	'earlier.recordUrl': text("address of the earlier lead's CRM record, when it has one"),
} satisfies Record<string, TemplateName>;

const inHtml = {
	'links.mail': text('link that answers the customer: `mailto:…`'),
	'links.phone': text('link that calls the customer: `tel:…`'),
	'parts.top': html('the built-in head: the name'),
	'parts.notices': html('the built-in notices: test, do not contact, no contact data'),
	'parts.actions': html('what the customer did, with buttons'),
	'parts.details': html('the whole lead'),
	'parts.foot': html('time of receipt and reference'),
} satisfies Record<string, TemplateName>;

export type MailPart = 'top' | 'notices' | 'actions' | 'details' | 'foot';

/** Every name that a template may use there, besides `campaign.…` and `unknown.…`. */
export const templateNames = (place: TemplatePlace): Record<string, TemplateName> =>
	place === 'html' ? { ...everywhere, ...inHtml } : everywhere;

/** What each entry of a list has. */
export const entryNames = ['name', 'value'];

const group = /^(campaign|unknown)\.(.+)$/s;

/** The key of a value under a name of the sender's choosing, without regard to case; undefined for our own names. */
export function groupKey(name: string): string | undefined {
	return group.test(name) ? name.toLowerCase() : undefined;
}

/** What a name stands for; undefined when no one knows it. */
export function kindOf(name: string, place: TemplatePlace): NameKind | undefined {
	if (groupKey(name)) return 'text';
	const names = templateNames(place);
	return Object.hasOwn(names, name) ? names[name]?.kind : undefined;
}
