import type { DestinationKind } from '../delivery/destination-kind.ts';
import { parseJsonTree, repeatedMembers } from '../lead/json-tree.ts';
import { findNeverMatching } from './doubtful-rules.ts';
import validate from './routes.schema.generated.cjs';
import type { Route, RouteIssue, Routes } from './routes.ts';
import { choiceErrors, routeSentences } from './routes-schema.ts';
import { membersOf, toRoute } from './to-route.ts';

export interface ReadRoutes {
	/** The rules that are right, in order. */
	routes: Route[];
	/** A rule that is named here is left out, so that its leads go on to the next rules; a wrong subject alone is left out of its rule. */
	issues: RouteIssue[];
	/** Rules that are valid, but probably not intended. */
	warnings: RouteIssue[];
}

/** Reads `LEAD_ROUTES` for the destinations that there are. Never throws, never quotes a value. */
export function readRoutes(text: string, kinds: readonly DestinationKind[]): ReadRoutes {
	const tree = parseJsonTree(text);
	if (!tree.ok) return { routes: [], issues: [{ problem: tree.problem }], warnings: [] };
	const rules: unknown = JSON.parse(text);
	const errors = validate(rules) ? [] : [...(validate.errors ?? [])];
	const issues = routeSentences([...errors, ...choiceErrors(rules, kinds)], rules, kinds);
	const nodes = tree.root.kind === 'array' ? tree.root.items : [];
	for (const [index, node] of nodes.entries())
		for (const member of repeatedMembers(node))
			issues.push({ rule: index + 1, problem: `rule ${index + 1}: \`${member}\` is given more than once` });

	const wrong = new Set(issues.map(({ rule }) => rule));
	for (const rule of wrong) if (rule !== undefined) complainOfChoice(rule, (rules as unknown[])[rule - 1], issues, kinds);
	const routes = (Array.isArray(rules) ? (rules as Routes) : []).flatMap((written, index) => {
		if (wrong.has(index + 1)) return [];
		const { route, problems } = toRoute(written, index + 1, kinds);
		for (const problem of problems) issues.push({ rule: index + 1, problem: `rule ${index + 1}: ${problem}` });
		return [route];
	});
	const useless = routes.flatMap((route) => findUseless(route, kinds));
	return { routes, issues: inOrder(issues), warnings: inOrder([...findNeverMatching(routes), ...useless]) };
}

/** What else is wrong with the choice of a rule that is not as the schema says, so that all is told together. */
function complainOfChoice(rule: number, written: unknown, issues: RouteIssue[], kinds: readonly DestinationKind[]): void {
	const chosen = Object(Object(written).choose) as Record<string, unknown>;
	const isTold = (member: string) => issues.some((issue) => issue.rule === rule && issue.problem.includes(`\`choose.${member}`));
	for (const { choices } of kinds) {
		const untold = Object.entries(membersOf(choices.schema.properties, chosen)).filter(([member]) => !isTold(member));
		for (const problem of choices.read(Object.fromEntries(untold)).problems) issues.push({ rule, problem: `rule ${rule}: ${problem}` });
	}
}

/** What is chosen for a destination that the rule itself leaves out. */
function findUseless({ rule, choice }: Route, kinds: readonly DestinationKind[]): RouteIssue[] {
	const { destinations } = choice;
	if (!destinations) return [];
	return kinds.flatMap(({ name, choices }) => {
		const members = Object.keys(choices.schema.properties);
		const idle = destinations.includes(name) ? [] : members.filter((member) => choice[member] !== undefined);
		return idle.map((member) => ({
			rule,
			problem: `rule ${rule}: \`choose.${member}\` changes nothing, because \`choose.destinations\` leaves ${name} out`,
		}));
	});
}

const inOrder = (issues: RouteIssue[]) => issues.toSorted((one, other) => (one.rule ?? 0) - (other.rule ?? 0));
