import Mustache from 'mustache';
import { remember } from '../basics/remember.ts';
import { checkTemplate } from './check-template.ts';
import type { TemplateView } from './template-view.ts';
import { ViewContext } from './view-context.ts';

/** What became of a template: text, or why there is none; then the built-in text takes its place. */
export type Rendering = { ok: true; text: string } | { ok: false; problems: string[] };

const writer = new Mustache.Writer();
const problemsOf = remember((template: string) => checkTemplate(template, 'text'));

/** Renders a template as plain text, values as they are. Never throws. */
export function renderText(template: string, view: TemplateView): Rendering {
	return rendering(problemsOf(template), () =>
		writer.render(template, new ViewContext(view), undefined, {
			escape: (value: unknown) => (typeof value === 'object' ? '' : String(value)),
		}),
	);
}

/** Renders what has no problems. */
export function rendering(problems: string[], render: () => string): Rendering {
	if (problems.length > 0) return { ok: false, problems };
	try {
		return { ok: true, text: render() };
	} catch (error) {
		return { ok: false, problems: [`could not be rendered: ${error instanceof Error ? error.name : 'unknown'}`] };
	}
}
