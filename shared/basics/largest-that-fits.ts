/** The largest whole number from `low` to `high` for which `fits` holds, given that it then holds for all below; `low` when it holds for none. */
export function largestThatFits(low: number, high: number, fits: (value: number) => boolean): number {
	let [least, most] = [low, high];
	while (least < most) {
		const middle = Math.ceil((least + most) / 2);
		if (fits(middle)) least = middle;
		else most = middle - 1;
	}
	return least;
}
