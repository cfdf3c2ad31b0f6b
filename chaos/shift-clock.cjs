/** Preloaded into a worker whose clock is wrong: everything that asks for the time gets it shifted. */
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;
globalThis.Date = class extends RealDate {
	/** @param {any[]} parts */
	constructor(...parts) {
		// @ts-expect-error a Date takes one to seven parts
		super(...(parts.length === 0 ? [RealDate.now() + shift] : parts));
	}
	static now() {
		return RealDate.now() + shift;
	}
};
