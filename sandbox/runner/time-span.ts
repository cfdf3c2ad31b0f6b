const pattern = /^(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/** Milliseconds of a .NET TimeSpan as host.json has them, `[d.]hh:mm[:ss[.fffffff]]`; undefined for anything else. */
export function timeSpanMs(text: string): number | undefined {
	const match = pattern.exec(text.trim());
	if (!match) return undefined;
	const [, minus, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
	if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
	const ms = (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(`0.${fraction}`) * 1000;
	return minus ? -ms : ms;
}
