interface Field {
	name: string;
	value: unknown;
}

/** Every value with the way to it: `person.email`. */
function valuesIn(value: unknown, path = ''): [path: string, text: string][] {
	if (value === null || value === undefined || value === '') return [];
	if (typeof value !== 'object') return [[path, String(value)]];
	return Object.entries(value).flatMap(([name, inner]) => valuesIn(inner, path === '' ? name : `${path}.${name}`));
}

/** What a service gets that makes a record of it: the fields of a form, or members of JSON. What is empty is left out. */
export function ValueList({ body }: { body: unknown }) {
	const { fields } = body as { fields?: Field[] };
	const values = Array.isArray(fields) ? fields.map(({ name, value }) => [name, String(value)] as const) : valuesIn(body);
	return (
		<dl class="shown values">
			{values.map(([name, text]) => (
				<div key={name}>
					<dt dir="auto">{name}</dt>
					<dd dir="auto">{text}</dd>
				</div>
			))}
		</dl>
	);
}
