import { type ApiDeps, ApiFailure, callApi } from './call-api.ts';

/** An offer as Partner Center lists it. */
export interface Product {
	/** `product/<guid>`. */
	id: string;
	/** The offer id. */
	externalId: string;
	alias: string;
	/** `softwareAsAService`, `azureVirtualMachine`, `azureContainer` or whatever else there is. */
	type: string;
}

/** A part of an offer: its listing, its customer leads … */
export type Resource = { $schema: string; id?: string } & Record<string, unknown>;

export type Target = 'draft' | 'preview' | 'live';
export const targets = ['draft', 'preview', 'live'] as const satisfies Target[];

export interface Submission {
	id: string;
	target: Target;
	isRunning: boolean;
}

/** A job of `configure`, as far as it has come. */
export interface Job {
	id: string;
	isOver: boolean;
	succeeded: boolean;
	errors: string[];
}

/** The parts of the Product Ingestion API that lead destinations need. */
export interface PartnerCenter {
	products(): Promise<Product[]>;
	/** Undefined where the offer has no such target; only the submissions tell for sure. */
	tree(product: string, target: Target): Promise<Resource[] | undefined>;
	submissions(product: string): Promise<Submission[]>;
	/** Sent once: when it fails, it may have been done. */
	configure(resource: Resource): Promise<Job>;
	job(id: string): Promise<Job>;
}

/** The newest version of every resource that is not newer than this. */
const version = '2022-07-01';
const scope = 'https://graph.microsoft.com/.default';
const mostPages = 1000;

/** https://learn.microsoft.com/partner-center/marketplace-offers/product-ingestion-api */
export function openPartnerCenter(root: string, deps: ApiDeps): PartnerCenter {
	const get = (path: string, query: Record<string, string> = {}) =>
		callApi(
			{ method: 'GET', url: `${root}/${path}?${new URLSearchParams({ $version: version, ...query })}`, scope, repeatable: true },
			deps,
		);
	return {
		async products() {
			const found: Product[] = [];
			let token: string | undefined;
			for (let page = 0; page < mostPages; page++) {
				const answer = objectOf(await get('product', token === undefined ? {} : { continuationToken: token }));
				found.push(...listOf(answer.value).map(toProduct));
				const next = continuationOf(answer['@nextLink']);
				if (next === undefined) return found;
				if (next === token) break;
				token = next;
			}
			throw new ApiFailure('Partner Center lists its offers without an end', {});
		},
		async tree(product, target) {
			try {
				return listOf(objectOf(await get(`resource-tree/${product}`, { targetType: target })).resources) as Resource[];
			} catch (error) {
				if (error instanceof ApiFailure && (error.status === 404 || error.status === 400)) return undefined;
				throw error;
			}
		},
		submissions: async (product) =>
			listOf(objectOf(await get(`submission/${product.replace(/^product\//, '')}`)).value).map((submission): Submission => {
				const { id, target, status } = submission as { id?: string; target?: { targetType?: Target }; status?: string };
				if (!id || !target?.targetType) throw new ApiFailure('Partner Center lists a submission without its target', {});
				return { id, target: target.targetType, isRunning: status !== undefined && status !== 'completed' };
			}),
		configure: async (resource) => {
			const body = { $schema: `https://schema.mp.microsoft.com/schema/configure/${version}`, resources: [resource] };
			return toJob(await callApi({ method: 'POST', url: `${root}/configure?$version=${version}`, scope, body, repeatable: false }, deps));
		},
		job: async (id) => toJob(await get(`configure/${encodeURIComponent(id)}/status`)),
	};
}

function toProduct(value: unknown): Product {
	const { id, identity, type, alias } = objectOf(value) as {
		id?: string;
		identity?: { externalID?: string };
		type?: string;
		alias?: string;
	};
	if (!id || !/^product\/[\w-]+$/.test(id)) throw new ApiFailure('Partner Center lists an offer without its id', {});
	return { id, externalId: identity?.externalID ?? id, type: type ?? '', alias: alias ?? '' };
}

function toJob(value: unknown): Job {
	const job = objectOf(value);
	const id = String(job.jobId ?? job.jobID ?? '');
	if (!id) throw new ApiFailure('Partner Center answered without the id of a job', {});
	const errors = Array.isArray(job.errors) ? job.errors.map(toErrorText) : [];
	return { id, isOver: job.jobStatus === 'completed', succeeded: job.jobResult === 'succeeded', errors };
}

function toErrorText(error: unknown): string {
	if (typeof error === 'string') return error;
	const { code, message } = (error ?? {}) as { code?: string; message?: string };
	return [code, message].filter(Boolean).join(': ') || 'no reason was told';
}

function objectOf(value: unknown): Record<string, unknown> {
	if (value === null || typeof value !== 'object') throw new ApiFailure('Partner Center answered something else than was asked for', {});
	return value as Record<string, unknown>;
}

function listOf(value: unknown): unknown[] {
	if (!Array.isArray(value)) throw new ApiFailure('Partner Center answered without the list that was asked for', {});
	return value;
}

/** The next page is named by a whole address; only its token counts, as the address may be another host's. */
function continuationOf(link: unknown): string | undefined {
	if (typeof link !== 'string' || link === '') return undefined;
	const token = /[?&](?:\$|%24)?(?:continuationToken|skipToken)=([^&]*)/i.exec(link)?.[1];
	if (token === undefined) throw new ApiFailure('Partner Center names a next page without its token', {});
	return decodeURIComponent(token);
}

/** The kind of a resource: the host of a schema differs from answer to answer. */
export const kindOf = ({ $schema }: Pick<Resource, '$schema'>): string => /\/schema\/([^/]+)\//.exec($schema ?? '')?.[1] ?? '';
