import schema from './lead.schema.json' with { type: 'json' };
import type { Lead } from './lead.ts';

/** What people call a lead's members. */
export const leadLabels = Object.fromEntries(Object.entries(schema.properties).map(([name, { title }]) => [name, title])) as Record<
	keyof Lead,
	string
>;
