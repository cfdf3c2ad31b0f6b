const pattern =
	/^(-)?(?:(\d+)|(?:(\d+)\.)?(\d+):(\d+)|(?:(\d+)\.)?(\d+):(\d+):(\d+)(?:\.(\d{1,7}))?|(\d+):(\d+):(\d+):(\d+)(?:\.(\d{1,7}))?)$/;

/** 2^63 ticks of 100 ns. */
const longestMs = 922_337_203_685_477;

/**
 * Milliseconds of a .NET TimeSpan as host.json and timers have them; undefined where .NET refuses. Found by asking it (`TimeSpan.TryParse`, invariant):
 * `[d.]hh:mm[:ss[.fffffff]]`, but `30` is 30 days, and `24:00:00` 24 days, because 24 is not an hour. White space around it does no harm there.
 */
export function timeSpanMs(text: string): number | undefined {
	const match = pattern.exec(text.trim().replace(':.', ':0.'));
	if (!match) return undefined;
	const [, minus, alone, day2, hour2, minute2, day3, hour3, minute3, second3, part3, day4, hour4, minute4, second4, part4] = match;
	const span =
		alone !== undefined
			? toMs([alone])
			: hour2 !== undefined
				? toMs([day2, hour2, minute2])
				: day4 !== undefined
					? toMs([day4, hour4, minute4, second4, part4])
					: (toMs([day3, hour3, minute3, second3, part3]) ??
						// `d:hh:mm` where the first is not an hour.
						(day3 === undefined && part3 === undefined ? toMs([hour3, minute3, second3]) : undefined));
	return span === undefined ? undefined : minus ? 0 - span : span;
}

/** Days, hours, minutes, seconds, and the digits behind their point. */
function toMs([days = '0', hours = '0', minutes = '0', seconds = '0', part = '0']: (string | undefined)[]): number | undefined {
	const [d, h, m, s] = [days, hours, minutes, seconds].map(Number) as [number, number, number, number];
	if (h > 23 || m > 59 || s > 59) return undefined;
	const span = (((d * 24 + h) * 60 + m) * 60 + s) * 1000 + Number(`0.${part}`) * 1000;
	return span <= longestMs ? span : undefined;
}
