import { ApiFailure } from './call-api.ts';
import { kindOf, type PartnerCenter, type Product, type Resource, type Submission, type Target, targets } from './partner-center.ts';

/** Where the leads of one target of an offer go. */
export type TargetState =
	/** The offer has no such target: it was never published there. */
	| { kind: 'none' }
	/** It could not be read: nothing may be concluded. */
	| { kind: 'unread'; why: string }
	/** It has no lead destination that the API shows. */
	| { kind: 'hidden' }
	| { kind: 'known'; destination: string; url?: string; leads: Resource; others: Map<string, string> };

export interface OfferState extends Product {
	targets: Record<Target, TargetState>;
	/** Absent: they could not be read. */
	submissions?: Submission[];
}

/** What the documentation says the API covers; the others are set by hand in Partner Center. */
const covered = ['softwareAsAService', 'azureVirtualMachine', 'azureContainer'];

/** Whether a person must look at the offer in Partner Center, because the API does not show where its leads go. */
export const isByHand = ({ type, targets: all }: OfferState): boolean =>
	Object.values(all).some(({ kind }) => kind === 'hidden') || (!covered.includes(type) && all.draft.kind !== 'known');

export const isRunning = ({ submissions }: OfferState): boolean => submissions?.some((submission) => submission.isRunning) ?? false;

/** Reads one offer: its three targets and its submissions. What cannot be read is a value; only what stops everything (401, 403) throws. */
export async function readOffer(product: Product, center: PartnerCenter): Promise<OfferState> {
	const submissions = await orWhy(() => center.submissions(product.id));
	const known = 'value' in submissions ? submissions.value : undefined;
	const states = {} as Record<Target, TargetState>;
	for (const target of targets) {
		const tree = await orWhy(() => center.tree(product.id, target));
		states[target] = 'why' in tree ? { kind: 'unread', why: tree.why } : toTargetState(tree.value, target, known);
	}
	return { ...product, targets: states, ...(known && { submissions: known }) };
}

async function orWhy<Value>(read: () => Promise<Value>): Promise<{ value: Value } | { why: string }> {
	try {
		return { value: await read() };
	} catch (error) {
		if (!(error instanceof ApiFailure) || error.status === 401 || error.status === 403) throw error;
		return { why: error.message };
	}
}

function toTargetState(tree: Resource[] | undefined, target: Target, submissions: Submission[] | undefined): TargetState {
	if (!tree) {
		// An error is no proof that there is nothing: the submissions must say so too.
		const isProven = target !== 'draft' && submissions?.every((submission) => submission.target !== target);
		return isProven ? { kind: 'none' } : { kind: 'unread', why: `Partner Center does not show its ${target}` };
	}
	const leads = tree.find((resource) => kindOf(resource) === 'customer-leads');
	if (!leads) return { kind: 'hidden' };
	const configuration = leads.httpsEndpointLeadConfiguration as { httpsEndpointUrl?: unknown } | undefined;
	const url = configuration?.httpsEndpointUrl;
	return {
		kind: 'known',
		destination: String(leads.leadDestination ?? 'none'),
		...(typeof url === 'string' && { url }),
		leads,
		others: othersOf(tree),
	};
}

/** Everything but the leads, as it can be compared between targets: without what a publication changes by itself. */
function othersOf(tree: Resource[]): Map<string, string> {
	const all = new Map<string, string>();
	for (const resource of tree) {
		const kind = kindOf(resource);
		if (kind === 'customer-leads' || kind === 'submission') continue;
		const { $schema, ...said } = resource;
		all.set(`${kind} ${resource.id ?? ''}`, canonical(said));
	}
	return all;
}

function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
	const members = Object.entries(value).filter(([name]) => name !== 'lifecycleState' && name !== 'etag');
	return `{${members
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
		.join()}}`;
}

/** The kinds of resources that one target has otherwise than another; undefined when that cannot be told. */
export function differences(one: TargetState, other: TargetState): string[] | undefined {
	if (one.kind !== 'known' || other.kind !== 'known') return undefined;
	const names = new Set([...one.others.keys(), ...other.others.keys()]);
	const differing = [...names].filter((name) => one.others.get(name) !== other.others.get(name));
	return [...new Set(differing.map((name) => name.split(' ')[0] ?? ''))].sort();
}
