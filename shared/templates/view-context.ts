import Mustache from 'mustache';
import { groupKey } from './template-names.ts';
import type { TemplateValue, TemplateView } from './template-view.ts';

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
