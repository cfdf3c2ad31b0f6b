import { isObject } from '../stand-in.ts';

/** Why a value is not what a member takes, behind the member's path; undefined when it is. */
type Check = (value: unknown, path: string) => string | undefined;

const text: Check = (value, path) => (typeof value === 'string' && value !== '' ? undefined : `${path} is not text.`);
const flag: Check = (value, path) => (typeof value === 'boolean' ? undefined : `${path} is neither true nor false.`);
const oneOf =
	(...words: string[]): Check =>
	(value, path) =>
		words.some((word) => word === value) ? undefined : `${path} is none of ${words.join(', ')}.`;
const address: Check = (value, path) =>
	typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
		? undefined
		: `${path} is not a web address.`;
const width: Check = (value, path) =>
	value === 'auto' || value === 'stretch' || (typeof value === 'number' && value > 0) ? undefined : `${path} is not a width.`;
const listOf =
	(...types: string[]): Check =>
	(value, path) => {
		if (!Array.isArray(value) || value.length === 0) return `${path} is not a list with something in it.`;
		return first(value.map((element, index) => wrongInElement(element, types, `${path}/${index}`)));
	};
const first = (found: (string | undefined)[]) => found.find((wrong) => wrong !== undefined);

/** What every element of a body may have. */
const common: Record<string, Check> = {
	spacing: oneOf('none', 'small', 'default', 'medium', 'large', 'extraLarge', 'padding', 'None', 'Small', 'Default', 'Medium', 'Large'),
	separator: flag,
};
const inBody = ['RichTextBlock', 'Container', 'ColumnSet'];
const textStyle: Record<string, Check> = {
	size: oneOf('Small', 'Default', 'Medium', 'Large', 'ExtraLarge'),
	weight: oneOf('Lighter', 'Default', 'Bolder'),
	isSubtle: flag,
};

/**
 * The element types that the app sends, with their members; every other one is refused, so that none is sent that no one has looked at.
 *
 * https://adaptivecards.io/explorer/
 */
const elements: Record<string, { members: Record<string, Check>; needs: string[] }> = {
	RichTextBlock: { members: { ...common, inlines: listOf('TextRun') }, needs: ['inlines'] },
	TextRun: { members: { ...textStyle, text }, needs: ['text'] },
	Container: {
		members: { ...common, style: oneOf('default', 'emphasis', 'good', 'attention', 'warning', 'accent'), items: listOf(...inBody) },
		needs: ['items'],
	},
	ColumnSet: { members: { ...common, columns: listOf('Column') }, needs: ['columns'] },
	Column: { members: { ...common, width, items: listOf(...inBody) }, needs: ['items'] },
	'Action.OpenUrl': { members: { title: text, url: address }, needs: ['title', 'url'] },
};

function wrongInElement(value: unknown, types: string[], path: string): string | undefined {
	if (!isObject(value)) return `${path} is not an object.`;
	const { type, ...members } = value;
	if (typeof type !== 'string' || !types.includes(type)) return `${path} is no ${types.join(' or ')}.`;
	const { members: known = {}, needs = [] } = elements[type] ?? {};
	return first([
		...needs.map((name) => (Object.hasOwn(members, name) ? undefined : `${path} (${type}) has no ${name}.`)),
		...Object.entries(members).map(([name, member]) => {
			const check = Object.hasOwn(known, name) ? known[name] : undefined;
			return check ? check(member, `${path}/${name}`) : `${path} (${type}) has a member that is not known: ${name}.`;
		}),
	]);
}

const mostActions = 6;

const cardMembers: Record<string, Check> = {
	$schema: address,
	version: oneOf('1.4'),
	fallbackText: text,
	msteams: (value, path) => (JSON.stringify(value) === '{"width":"Full"}' ? undefined : `${path} is not { "width": "Full" }.`),
	body: listOf(...inBody),
	actions: (value, path) =>
		Array.isArray(value) && value.length > mostActions
			? `${path} has more than ${mostActions} actions.`
			: listOf('Action.OpenUrl')(value, path),
};

/** What is wrong with an Adaptive Card 1.4; undefined when Teams shows it. */
export function wrongInCard(card: unknown): string | undefined {
	if (!isObject(card) || card.type !== 'AdaptiveCard') return 'The content of an attachment is not an AdaptiveCard.';
	const { type: _, ...members } = card;
	if (!('body' in members && 'version' in members)) return 'The card has no version, or no body.';
	return first(
		Object.entries(members).map(([name, member]) => {
			const check = Object.hasOwn(cardMembers, name) ? cardMembers[name] : undefined;
			return check ? check(member, name) : `The card has a member that is not known: ${name}.`;
		}),
	);
}
