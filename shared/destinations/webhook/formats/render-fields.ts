import { oneLine } from '../../../lead/clean-text.ts';
import { renderText } from '../../../templates/render-text.ts';
import type { TemplateView } from '../../../templates/template-view.ts';
import type { WebhookSettings } from '../webhook-settings.ts';

/** Values by field; a template that fails gives nothing and is named. */
export function renderFields(
	templates: Record<string, string>,
	view: TemplateView,
	{ prefix }: Pick<WebhookSettings, 'prefix'>,
): { fields: Record<string, string>; warnings: string[] } {
	const setting = `${prefix}FIELDS`;
	const warnings: string[] = [];
	const entries = Object.entries(templates).map(([name, template]) => {
		const rendered = renderText(template, view);
		if (!rendered.ok) warnings.push(...rendered.problems.map((problem) => `${setting} ${problem}`));
		return [name, rendered.ok ? rendered.text : ''] as const;
	});
	// As own members, whatever they are called.
	return { fields: Object.fromEntries(entries), warnings };
}

/** The first line of a card or message, from the setting's template; undefined without one, or when it gives nothing. */
export function renderTitle(
	{ title, prefix }: Pick<WebhookSettings, 'title' | 'prefix'>,
	view: TemplateView,
): { text?: string; warnings: string[] } {
	if (title === undefined) return { warnings: [] };
	const rendered = renderText(title, view);
	if (!rendered.ok) return { warnings: rendered.problems.map((problem) => `${prefix}TITLE ${problem}`) };
	const text = oneLine(rendered.text);
	return text === '' ? { warnings: [] } : { text, warnings: [] };
}
