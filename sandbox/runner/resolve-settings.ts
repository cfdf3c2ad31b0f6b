import { settingOf } from '../../host/setting-of.ts';

/** A text with every `%NAME%` replaced by the app setting of that name, as the host does in binding expressions: in any case. Throws when there is no such setting. */
export function resolveSettings(text: string, settings: Record<string, string | undefined>): string {
	return text.replace(/%([^%]+)%/g, (_, name: string) => {
		const value = settingOf(settings, name);
		if (value === undefined) throw new Error(`'%${name}%' does not resolve to a value`);
		return value;
	});
}
