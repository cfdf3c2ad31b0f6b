import { personName } from '../../shared/lead/lead-words.ts';
import type { LeadPreview } from '../../shared/operate/preview-lead.ts';

/** A preview as it is printed. `files` are where each destination's page was written. */
export function previewLines(
	{ lead, reference, route, destinations, journalOnly, sent, warnings }: LeadPreview,
	files: Record<string, string> = {},
): string[] {
	return [
		`Lead       ${personName(lead) ?? 'no name given'} [#${reference}]`,
		`Rule       ${route.rule === undefined ? 'none matches: the settings apply' : route.rule}`,
		...route.why.map((sentence) => `           ${sentence}`),
		`Goes to    ${destinations.join(', ') || `the journal only${journalOnly ? `: ${journalOnly}` : ''}`}`,
		...Object.entries(sent).flatMap(([name, { lines }]) => ['', ...lines(files[name])]),
		'',
		warnings.length > 0 ? 'Warnings' : 'No warnings.',
		...warnings.map((warning) => `  - ${warning}`),
		'',
		'Nothing was sent.',
	];
}
