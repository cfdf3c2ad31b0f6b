import { renderText } from '../../../templates/render-text.ts';
import { templateNames } from '../../../templates/template-names.ts';
import { type TemplateView, templateView } from '../../../templates/template-view.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';

/** The JSON of a setting, parsed once and filled in string by string: whatever a lead says stays within its string. */
export const custom: Format = {
	compose: (request, own) => {
		const setting = `${own.prefix}BODY`;
		const warnings: string[] = [];
		const view = templateView({ ...request, locale: own.locale, timeZone: own.timeZone });
		const body = fill(own.body, view, (problem) => void warnings.push(`${setting} ${problem}`));
		return {
			headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': request.leadId },
			body: JSON.stringify(body),
			warnings,
		};
	},
	readsSuccess: false,
	// What takes JSON of one's own is often one of the services that take a flat one.
	outcome: json.outcome,
};

function fill(value: unknown, view: TemplateView, complain: (problem: string) => void): unknown {
	if (typeof value === 'string') {
		const flag = /^\s*\{\{\s*([A-Za-z]+)\s*\}\}\s*$/.exec(value)?.[1] ?? '';
		const names = templateNames('text');
		if (Object.hasOwn(names, flag) && names[flag]?.kind === 'flag') return view.get(flag) === true;
		const rendered = renderText(value, view);
		if (rendered.ok) return rendered.text;
		for (const problem of rendered.problems) complain(problem);
		return '';
	}
	if (Array.isArray(value)) return value.map((inner) => fill(inner, view, complain));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, view, complain)]));
}
