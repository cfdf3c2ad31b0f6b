const pattern = /^P(?=[\dT])(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration; undefined for anything else, also for years and months, which have no fixed length. Our own nine lines: every
 * library tried reads something wrong as a duration (`-P1D`, `P`, `" P1D\n"`).
 */
export function durationMs(text: string): number | undefined {
	const match = pattern.exec(text);
	if (!match) return undefined;
	const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
	return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
