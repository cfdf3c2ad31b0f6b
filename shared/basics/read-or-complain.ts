/** What a reader of a setting gives; when it throws, what there is `without` the setting: a defect of ours must not keep the intake from starting. */
export function readOrComplain<Read extends object>(
	setting: string,
	read: () => Read & { problems: { setting: string; problem: string }[] },
	without: Read,
): Read & { problems: { setting: string; problem: string }[] } {
	try {
		return read();
	} catch {
		return { ...without, problems: [{ setting, problem: 'could not be read' }] };
	}
}
