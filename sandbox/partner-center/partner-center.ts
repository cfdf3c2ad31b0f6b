import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A part of an offer, as the API has it. */
export type Resource = Record<string, unknown> & { $schema: string };
type Target = 'draft' | 'preview' | 'live';

interface Submission {
	id: string;
	target: Target;
	running: boolean;
}

/** An offer of the stand-in. */
export interface Offer {
	guid: string;
	externalId: string;
	type: string;
	trees: Partial<Record<Target, Resource[]>>;
	submissions: Submission[];
}

interface Job {
	id: string;
	guid: string;
	requestsLeft: number;
	isOver: boolean;
	errors: string[];
	/** What it does in the end. */
	finish: () => void;
}

export interface PartnerCenterOptions {
	offers: Offer[];
	/** Offers on a page, unless a request asks for fewer. */
	pageSize?: number;
	/** After how many requests a job is over: time goes on by them, and nothing here waits. */
	jobRequests?: number;
	/** How a job is refused while another of its offer runs: not documented, so either must do. */
	refusesBusy?: 'at once' | 'in the job';
	/** Errors of the next submissions, by offer: certification fails. */
	failures?: Map<string, string>;
}

const schemaPath =
	/^https:\/\/(?:schema\.mp\.microsoft\.com|product-ingestion\.azureedge\.net)\/schema\/([a-z-]+)\/\d{4}-\d{2}-\d{2}(?:-preview\d+)?$/;
const kindOf = (resource: Resource) => schemaPath.exec(resource.$schema)?.[1];

/** Members by which a destination is configured, beside those that every resource of leads has. */
const destinations: Record<string, string | undefined> = {
	none: undefined,
	blob: 'blobLeadConfiguration',
	dynamics: 'dynamicsLeadConfiguration',
	email: 'emailLeadConfiguration',
	httpsEndpoint: 'httpsEndpointLeadConfiguration',
	marketo: 'marketoLeadConfiguration',
	salesforce: 'salesforceLeadConfiguration',
	table: 'tableLeadConfiguration',
};

/**
 * A stand-in for the Product Ingestion API, as far as lead destinations need it; strict where the real one's leniency is not known.
 * https://learn.microsoft.com/partner-center/marketplace-offers/product-ingestion-api
 */
export function createPartnerCenter({
	offers,
	pageSize = 2,
	jobRequests = 1,
	refusesBusy = 'at once',
	failures = new Map(),
}: PartnerCenterOptions): Hono {
	const jobs = new Map<string, Job>();
	let numbers = 0;
	const refuse = (status: number, code: string, message: string) =>
		Response.json({ error: { code, message, innerError: { 'request-id': String(++numbers) } } }, { status });
	const offerOf = (id: string) => offers.find(({ guid }) => id === guid || id === `product/${guid}`);
	const toJob = ({ id, isOver, errors }: Job) => ({
		jobID: id,
		jobStatus: isOver ? 'completed' : 'running',
		jobResult: isOver ? (errors.length > 0 ? 'failed' : 'succeeded') : 'pending',
		jobStart: '2026-11-23T10:00:00Z',
		jobEnd: isOver ? '2026-11-23T10:05:00Z' : '0001-01-01T00:00:00',
		resourceUri: `https://graph.microsoft.com/rp/product-ingestion/configure/${id}`,
		errors: errors.map((message) => ({ code: 'validationFailed', message })),
	});

	const root = '/rp/product-ingestion';
	return new Hono()
		.use(`${root}/*`, async (c, next) => {
			if (!/^Bearer \S+$/.test(c.req.header('authorization') ?? ''))
				return refuse(401, 'InvalidAuthenticationToken', 'Access token is empty.');
			if (!/^\d{4}-\d{2}-\d{2}/.test(c.req.query('$version') ?? ''))
				return refuse(400, 'badRequest', 'The query parameter $version is required.');
			for (const job of jobs.values()) if (!job.isOver && job.requestsLeft-- <= 0) end(job);
			return next();
		})
		.get(`${root}/product`, (c) => {
			const size = Math.min(pageSize, Number(c.req.query('$maxpagesize') ?? pageSize));
			const token = c.req.query('continuationToken');
			const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
			if (!Number.isSafeInteger(from)) return refuse(400, 'badRequest', 'The continuation token is not valid.');
			const next = Buffer.from(String(from + size)).toString('base64url');
			return c.json({
				value: offers.slice(from, from + size).map(({ guid, externalId, type }) => ({
					$schema: 'https://schema.mp.microsoft.com/schema/product/2022-03-01-preview3',
					id: `product/${guid}`,
					identity: { externalID: externalId },
					type,
					alias: `Offer ${externalId}`,
				})),
				...(from + size < offers.length && {
					'@nextLink': `https://graph.microsoft.com${root}/product?$version=2022-03-01-preview3&continuationToken=${encodeURIComponent(next)}`,
				}),
			});
		})
		.get(`${root}/resource-tree/product/:guid`, (c) => {
			const offer = offerOf(c.req.param('guid'));
			const target = c.req.query('targetType') ?? 'draft';
			if (!offer) return refuse(404, 'notFound', 'The product was not found.');
			if (target !== 'draft' && target !== 'preview' && target !== 'live') return refuse(400, 'badRequest', 'The target is not known.');
			const resources = offer.trees[target];
			if (!resources) return refuse(404, 'notFound', `The product has no target ${target}.`);
			return c.json({
				$schema: 'https://schema.mp.microsoft.com/schema/resource-tree/2022-03-01-preview2',
				root: `product/${offer.guid}`,
				target: { targetType: target },
				resources,
			});
		})
		.get(`${root}/submission/:guid`, (c) => {
			const offer = offerOf(c.req.param('guid'));
			if (!offer) return refuse(404, 'notFound', 'The product was not found.');
			return c.json({
				value: offer.submissions.map(({ id, target, running }) => ({
					$schema: 'https://schema.mp.microsoft.com/schema/submission/2022-03-01-preview2',
					...{ id, product: `product/${offer.guid}`, target: { targetType: target } },
					...(running ? { status: 'running', result: 'pending' } : { status: 'completed', result: 'succeeded' }),
				})),
			});
		})
		.post(`${root}/configure`, async (c) => {
			const { $schema, resources } = (await c.req.json()) as { $schema?: string; resources?: Resource[] };
			if (schemaPath.exec($schema ?? '')?.[1] !== 'configure' || !resources?.[0] || resources.length > 1)
				return refuse(400, 'badRequest', 'A configure request with one resource is expected.');
			const [resource] = resources;
			const offer = offerOf(String(resource.product));
			if (!offer) return refuse(400, 'badRequest', 'The resource names no product.');
			const problem =
				kindOf(resource) === 'customer-leads'
					? wrongLeads(resource, offer)
					: kindOf(resource) === 'submission'
						? wrongSubmission(resource, offer)
						: 'The schema is not known.';
			if (problem) return refuse(400, 'badRequest', problem);
			const isBusy =
				offer.submissions.some(({ running }) => running) || [...jobs.values()].some((job) => job.guid === offer.guid && !job.isOver);
			if (isBusy && refusesBusy === 'at once') return refuse(409, 'conflict', 'Another operation of this product is in progress.');
			const job: Job = {
				id: `job-${++numbers}`,
				guid: offer.guid,
				requestsLeft: jobRequests,
				isOver: false,
				errors: [],
				finish: () => undefined,
			};
			if (isBusy) job.errors.push('The product is being published: another submission is in progress.');
			else job.finish = kindOf(resource) === 'submission' ? submit(resource, offer, job) : () => putLeads(resource, offer);
			jobs.set(job.id, job);
			return c.json({ ...toJob(job), jobStatus: 'notStarted' }, 202 as ContentfulStatusCode);
		})
		.get(`${root}/configure/:id/status`, (c) => {
			const job = jobs.get(c.req.param('id'));
			if (!job) return refuse(404, 'notFound', 'The job was not found.');
			return c.json(toJob(job));
		});

	function end(job: Job): void {
		job.isOver = true;
		job.finish();
	}

	function putLeads(resource: Resource, { trees }: Offer): void {
		trees.draft = [...(trees.draft ?? []).filter((other) => kindOf(other) !== 'customer-leads'), structuredClone(resource)];
	}

	function submit(resource: Resource, offer: Offer, job: Job): () => void {
		const target = (resource.target as { targetType: Target }).targetType;
		const from = structuredClone(target === 'preview' ? offer.trees.draft : offer.trees.preview);
		const id = target === 'live' ? String(resource.id) : `submission/${offer.guid}/${++numbers}`;
		const submission: Submission = { id, target, running: true };
		const before = offer.submissions;
		offer.submissions = [...before, submission];
		return () => {
			const failure = failures.get(offer.externalId);
			failures.delete(offer.externalId);
			if (failure !== undefined) {
				offer.submissions = before;
				job.errors.push(failure);
				return;
			}
			submission.running = false;
			offer.submissions = [...before.filter((other) => other.target !== target), submission];
			if (from) offer.trees[target] = from;
		};
	}

	function wrongLeads(resource: Resource, offer: Offer): string | undefined {
		const { $schema, id, product, leadDestination, ...rest } = resource;
		const configuration = destinations[String(leadDestination)];
		if (!(String(leadDestination) in destinations)) return 'The lead destination is not known.';
		if (id !== `customer-leads/${offer.guid}` || product !== `product/${offer.guid}`) return 'The ids do not fit.';
		const unknown = Object.keys(rest).filter((name) => name !== configuration);
		if (unknown.length > 0) return `${unknown.join(', ')} is not expected.`;
		if (leadDestination !== 'httpsEndpoint') return undefined;
		const { httpsEndpointUrl: url, ...others } = (resource.httpsEndpointLeadConfiguration ?? {}) as Record<string, unknown>;
		if (Object.keys(others).length > 0) return 'The configuration has members that are not expected.';
		return typeof url === 'string' && /^https:\/\//.test(url) && URL.canParse(url)
			? undefined
			: `The address ${String(url)} is not an https address.`;
	}

	function wrongSubmission(resource: Resource, offer: Offer): string | undefined {
		const target = (resource.target as { targetType?: string } | undefined)?.targetType;
		if (target === 'preview') return resource.id === undefined ? undefined : 'A submission to preview has no id.';
		if (target !== 'live') return 'The target is not known.';
		const preview = offer.submissions.find((submission) => submission.target === 'preview');
		return preview && !preview.running && preview.id === resource.id ? undefined : 'The id is not that of the submission in preview.';
	}
}

/** An offer whose leads go to an address, in the targets that are named. */
export function makeOffer(number: number, leads: Partial<Record<Target, string | Resource>>, type = 'softwareAsAService'): Offer {
	const guid = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
	const trees: Offer['trees'] = {};
	for (const [target, to] of Object.entries(leads) as [Target, string | Resource][])
		trees[target] = [
			{
				$schema: 'https://schema.mp.microsoft.com/schema/listing/2022-03-01-preview3',
				id: `listing/${guid}/public/main/default/en-us`,
				title: `Offer ${number}`,
			},
			typeof to === 'string' ? leadsTo(guid, to) : to,
		];
	const submissions = (['preview', 'live'] as const).flatMap((target) =>
		leads[target] === undefined ? [] : [{ id: `submission/${guid}/${number}${target}`, target, running: false }],
	);
	return { guid, externalId: `offer-${number}`, type, trees, submissions };
}

/** Customer leads that go to an https address; the host of their schema is the older one. */
export const leadsTo = (guid: string, url: string): Resource => ({
	$schema: 'https://product-ingestion.azureedge.net/schema/customer-leads/2022-03-01-preview3',
	id: `customer-leads/${guid}`,
	product: `product/${guid}`,
	leadDestination: 'httpsEndpoint',
	httpsEndpointLeadConfiguration: { httpsEndpointUrl: url },
});
