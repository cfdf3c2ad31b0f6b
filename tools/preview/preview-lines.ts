import type { Recipient } from '@microsoft/microsoft-graph-types';
import { personName } from '../../shared/lead/lead-words.ts';
import type { LeadPreview } from './preview-lead.ts';

/** A preview as it is printed. `mailFile` is where the mail was written. */
export function previewLines(
	{ lead, reference, route, destinations, journalOnly, mail, record, warnings }: LeadPreview,
	mailFile?: string,
): string[] {
	return [
		`Lead       ${personName(lead) ?? 'nobody named'} [#${reference}]`,
		`Rule       ${route.rule === undefined ? 'none matches: the usual way' : route.rule}`,
		...route.why.map((sentence) => `           ${sentence}`),
		`Goes to    ${destinations.join(', ') || `the journal only${journalOnly ? `: ${journalOnly}` : ''}`}`,
		...(mail
			? [
					'',
					`Mail       ${mailFile ?? ''}`.trimEnd(),
					`  Subject  ${mail.subject}`,
					`  To       ${addresses(mail.toRecipients)}`,
					...(mail.ccRecipients?.length ? [`  Cc       ${addresses(mail.ccRecipients)}`] : []),
					...(mail.replyTo?.length ? [`  Reply to ${addresses(mail.replyTo)}`] : []),
				]
			: []),
		...(record
			? [
					'',
					`${record.method} ${record.url}`,
					...Object.entries(record.headers).map(([name, value]) => `${name}: ${value}`),
					'',
					JSON.stringify(JSON.parse(record.body ?? 'null'), null, 2),
				]
			: []),
		'',
		warnings.length > 0 ? 'Warnings' : 'No warnings.',
		...warnings.map((warning) => `  - ${warning}`),
		'',
		'Nothing was sent.',
	];
}

const addresses = (recipients: Recipient[] | null | undefined) =>
	(recipients ?? []).map(({ emailAddress }) => emailAddress?.address ?? '').join(', ') || 'nobody';
