import Mustache from 'mustache';
import { remember } from '../basics/remember.ts';
import { oneLine } from '../lead/clean-text.ts';
import { checkTemplate } from './check-template.ts';
import { groupKey } from './template-names.ts';
import type { TemplateValue, TemplateView } from './template-view.ts';

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

/** Renders a template as one line, for a header or a column of one line: no line breaks, no control characters. May be empty. */
export function renderLine(template: string, view: TemplateView): Rendering {
	const rendered = renderText(template, view);
	return rendered.ok ? { ok: true, text: oneLine(rendered.text) } : rendered;
}

/**
 * Looks names up in views alone. Mustache's own look-up walks into every value and calls what it finds: `{{company.constructor.name}}` would print
 * "String".
 */
export class ViewContext extends Mustache.Context {
	override push(view: unknown): ViewContext {
		return new ViewContext(view, this);
	}

	override lookup(name: string): TemplateValue | undefined {
		if (name === '.') return typeof this.view === 'string' ? this.view : undefined;
		const key = groupKey(name) ?? name;
		for (let context: Mustache.Context | undefined = this; context; context = context.parent) {
			const value = context.view instanceof Map ? (context.view as TemplateView).get(key) : undefined;
			if (value !== undefined) return value;
		}
		return undefined;
	}
}
