import { checkFieldMap } from '../destinations/crm/field-map/check-field-map.ts';
import { readOwner } from '../destinations/crm/field-map/owner.ts';
import { parseJsonTree } from '../lead/parse-json-tree.ts';
import { repeatedMembers } from '../lead/repeated-members.ts';
import { checkTemplate } from '../templates/check-template.ts';
import { findNeverMatching } from './find-never-matching.ts';
import type { Route, RouteIssue } from './route.ts';
import { routeSentences } from './route-sentences.ts';
import validate from './routes.schema.generated.cjs';
import type { Routes } from './routes.ts';
import { toRoute } from './to-route.ts';

export interface ReadRoutes {
	/** The rules that are right, in order. */
	routes: Route[];
	/** A rule that is named here is left out, so that its leads go on to the next rules; a wrong subject alone is left out of its rule. */
	issues: RouteIssue[];
	/** Rules that are right and yet hardly what was meant. */
	warnings: RouteIssue[];
}

/** Reads `LEAD_ROUTES`. Never throws, never quotes a value. */
export function readRoutes(text: string): ReadRoutes {
	const tree = parseJsonTree(text);
	if (!tree.ok) return { routes: [], issues: [{ problem: tree.problem }], warnings: [] };
	const rules: unknown = JSON.parse(text);
	const issues = validate(rules) ? [] : routeSentences(validate.errors ?? [], rules);
	const nodes = tree.root.kind === 'array' ? tree.root.items : [];
	for (const [index, node] of nodes.entries())
		for (const member of repeatedMembers(node))
			issues.push({ rule: index + 1, problem: `rule ${index + 1}: \`${member}\` is given more than once` });

	const wrong = new Set(issues.map(({ rule }) => rule));
	for (const rule of wrong) if (rule !== undefined) complainOfChoice(rule, (rules as unknown[])[rule - 1], issues);
	const right = (Array.isArray(rules) ? (rules as Routes) : []).flatMap((rule, index) =>
		wrong.has(index + 1) ? [] : [toRoute(rule, index + 1)],
	);
	const routes = right.map((route) => withoutWrongCrm(withoutWrongSubject(route, issues), issues));
	return { routes, issues: inOrder(issues), warnings: inOrder([...findNeverMatching(routes), ...routes.flatMap(findUseless)]) };
}

/** What else is wrong with the choice of a rule that is not as the schema says, so that all is told together. */
function complainOfChoice(rule: number, written: unknown, issues: RouteIssue[]): void {
	const { subject, owner, fields } = Object(Object(written).choose) as Record<string, unknown>;
	const isTold = (member: string) => issues.some((issue) => issue.rule === rule && issue.problem.includes(`\`choose.${member}`));
	const choice = {
		...(typeof subject === 'string' && !isTold('subject') && { subject }),
		...(typeof owner === 'string' && !isTold('owner') && { owner }),
		...(typeof fields === 'object' && fields !== null && !isTold('fields') && { fields: fields as Record<string, unknown> }),
	};
	withoutWrongCrm(withoutWrongSubject({ rule, when: {}, choice }, issues), issues);
}

function withoutWrongSubject(route: Route, issues: RouteIssue[]): Route {
	const { subject, ...choice } = route.choice;
	const problems = subject === undefined ? [] : checkTemplate(subject, 'text');
	for (const problem of problems) issues.push({ rule: route.rule, problem: `rule ${route.rule}: \`choose.subject\` ${problem}` });
	return problems.length > 0 ? { ...route, choice } : route;
}

/** Columns that are wrong are left out one by one, an owner that is wrong alone. */
function withoutWrongCrm(route: Route, issues: RouteIssue[]): Route {
	const { fields, owner, ...rest } = route.choice;
	const complain = (problem: string) => issues.push({ rule: route.rule, problem: `rule ${route.rule}: ${problem}` });
	const checked = fields && checkFieldMap(fields);
	for (const { problem } of checked?.issues ?? []) complain(`\`choose.fields\` ${problem}`);
	const named = owner === undefined ? undefined : readOwner(owner);
	if (named?.ok === false) complain(`\`choose.owner\` ${named.problem}`);
	const kept = checked && Object.keys(checked.fields).length > 0;
	return { ...route, choice: { ...rest, ...(owner !== undefined && named?.ok && { owner }), ...(kept && { fields: checked.fields }) } };
}

const needs = { email: ['to', 'cc', 'subject'], crm: ['owner', 'fields'] } as const;

/** What is chosen for a destination that the rule itself leaves out. */
function findUseless({ rule, choice }: Route): RouteIssue[] {
	const { destinations } = choice;
	if (!destinations) return [];
	return (['email', 'crm'] as const).flatMap((destination) => {
		const idle = destinations.includes(destination) ? [] : needs[destination].filter((member) => choice[member] !== undefined);
		return idle.map((member) => ({
			rule,
			problem: `rule ${rule}: \`choose.${member}\` changes nothing, because \`choose.destinations\` leaves ${destination} out`,
		}));
	});
}

const inOrder = (issues: RouteIssue[]) => issues.toSorted((one, other) => (one.rule ?? 0) - (other.rule ?? 0));
