import Mustache from 'mustache';
import { remember } from '../basics/remember.ts';
import { checkTemplate } from './check-template.ts';
import { type HtmlPlace, htmlPlaces } from './html-places.ts';
import { type Rendering, rendering, ViewContext } from './render-text.ts';
import { templateTags } from './template-tags.ts';
import type { TemplateValue, TemplateView } from './template-view.ts';

/** Renders a template as HTML, each value escaped for the place where it is printed. Never throws. */
export function renderHtml(template: string, view: TemplateView): Rendering {
	const { problems, writer } = prepared(template);
	return rendering(problems, () => writer.render(template, new ViewContext(view)));
}

/** A writer keeps what it has parsed. */
const prepared = remember((template: string) => ({
	problems: checkTemplate(template, 'html'),
	writer: new HtmlWriter(htmlPlaces(template, templateTags(template).tags).places),
}));

/** Made by us, of safe characters. */
const ownLinks = new Set(['links.mail', 'links.phone', 'recordUrl', 'earlier.recordUrl']);

class HtmlWriter extends Mustache.Writer {
	readonly #places: ReadonlyMap<number, HtmlPlace>;

	constructor(places: ReadonlyMap<number, HtmlPlace>) {
		super();
		this.#places = places;
	}

	/** A token is `[type, name, start, end]`; `start` tells the place. */
	override escapedValue([, name = '', start]: string[], context: Mustache.Context): string {
		const value: TemplateValue | undefined = context.lookup(name);
		const place = this.#places.get(Number(start));
		if (value === undefined || Array.isArray(value)) return '';
		if (typeof value === 'object') return place === 'text' ? value.html : '';
		const text = String(value);
		switch (place) {
			case 'text':
				return (ownLinks.has(name) ? escapeHtml(text) : escapeText(text)).replaceAll('\n', '<br>');
			case 'link':
				return escapeHtml(ownLinks.has(name) ? text : encodeURIComponent(text.toWellFormed()).replaceAll('%40', '@'));
			case 'attribute':
				return escapeHtml(text.replace(/\s+/g, ' '));
			case undefined:
				return '';
		}
	}
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/**
 * Text of someone else for an element. Many mail clients make links of what looks like one: `https://…`, `www.…`, `contoso.com`, `a@b.com`, `mailto:…`,
 * `\\server`. An empty element in it keeps them from that; it is not seen, and not copied along.
 */
export const escapeText = (text: string): string => escapeHtml(text).replace(insideLink, '$&<span></span>');

/** Behind a colon or an at-sign in a word, a dot before what can be a part of a domain's end (`contoso.contoso-crm` has none), and between backslashes. */
const insideLink =
	/(?<=[\p{L}\p{N}]):(?=\S)|(?<=\S)[@＠](?=\S)|(?<=[^\s.])[.。．｡](?=\p{L}{2,}(?![\p{L}\p{N}_-])|xn--)|(?<=www[.。．｡])|\\(?=\\)/giu;
