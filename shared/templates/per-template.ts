/** Works something out once for each template: there are as many as the settings hold, and every lead needs them. */
export function perTemplate<Result>(work: (template: string) => Result): (template: string) => Result {
	const known = new Map<string, Result>();
	return (template) => {
		const result = known.has(template) ? (known.get(template) as Result) : work(template);
		known.set(template, result);
		return result;
	};
}
