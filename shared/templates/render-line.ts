import { oneLine } from '../lead/clean-text.ts';
import { type Rendering, renderText } from './render-text.ts';
import type { TemplateView } from './template-view.ts';

/** Renders a template as one line, for a header or a column of one line: no line breaks, no control characters. May be empty. */
export function renderLine(template: string, view: TemplateView): Rendering {
	const rendered = renderText(template, view);
	return rendered.ok ? { ok: true, text: oneLine(rendered.text) } : rendered;
}
