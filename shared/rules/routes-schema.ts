import { namesInWords } from '../basics/schema-sentences.ts';
import { type DestinationKind, namesOf } from '../delivery/destination-kind.ts';
import schema from './routes.schema.json' with { type: 'json' };

/** The schema of the rules together with what the destinations that there are let them choose: for editors, and for sentences. */
export function routesSchema(kinds: readonly DestinationKind[]): object {
	const { choose, ...members } = schema.items.properties;
	const { journalOnly, destinations } = choose.properties;
	const names = namesOf(kinds);
	const parts = kinds.map(({ choices }) => choices.schema);
	return {
		...schema,
		items: {
			...schema.items,
			properties: {
				...members,
				choose: {
					...choose,
					additionalProperties: false,
					properties: {
						destinations: { ...destinations, items: { enum: names }, allowed: namesInWords(names), examples: [names.slice(0, 1), names] },
						...Object.assign({}, ...parts.map(({ properties }) => properties)),
						journalOnly,
					},
				},
			},
		},
		definitions: { ...schema.definitions, ...Object.assign({}, ...parts.map(({ definitions }) => definitions)) },
	};
}
