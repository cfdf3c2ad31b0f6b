interface Problem {
	title?: unknown;
	detail?: unknown;
	issues?: unknown;
}

function parse(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
	} catch {
		return {}; // not ours: then it is shown as text
	}
}

function describeProblem({ title, detail, issues }: Problem): string {
	const list = Array.isArray(issues) ? issues.map((issue) => `${issue?.pointer || '/'}: ${issue?.detail}`) : [];
	return [title, detail, ...list].filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

/** One line of what an intake answered: `accepted 0193…`, a problem's issues, or the beginning of whatever it was. */
export function describeAnswer(status: number, text: string): string {
	const body = parse(text);
	if (typeof body.leadId === 'string') return `${body.status} ${body.leadId}`;
	const words = describeProblem(body) || text.replace(/\s+/g, ' ').trim().slice(0, 200);
	if (status === 401) return `the key (?code=…) is missing or wrong${words && `: ${words}`}`;
	return words || 'no body';
}
