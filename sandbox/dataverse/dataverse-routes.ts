import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Clock } from '../../shared/basics/time.ts';
import type { Tokens } from '../identity/tokens.ts';
import { parseObject } from '../parse-object.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { attributeMetadata, relationshipMetadata, securedMetadata } from './attribute-metadata.ts';
import { checkBody } from './check-body.ts';
import { checkHeaders } from './check-headers.ts';
import { checkFilter, checkQuery } from './check-query.ts';
import { type Rights, userDisabled } from './check-rights.ts';
import { guidPattern } from './check-value.ts';
import type { Column } from './column.ts';
import { toDataverseAnswer, toEmptyAnswer, toJsonAnswer } from './dataverse-answer.ts';
import { filterLeads } from './filter-leads.ts';
import { findKnownRecords } from './find-known-records.ts';
import { applicationUserId, businessUnitId, knownRecords, organizationId } from './known-records.ts';
import type { LeadTable } from './lead-table.ts';
import { payloadRefusal } from './payload-refusal.ts';
import { readName, selectColumns } from './select-columns.ts';
import { tableMetadata } from './table-metadata.ts';
import { attributePrivileges, userPrivileges } from './user-privileges.ts';
import { doesNotExist, type LeadWrite, writeLead } from './write-lead.ts';

interface Dataverse {
	tokens: Tokens;
	table: LeadTable;
	columns: Column[];
	/** What the application user's security roles allow. */
	privileges: string[];
	/** Columns that a column security profile keeps from it. */
	secured: string[];
	clock: Clock;
}

const notFound = (segment: string) => ({ status: 404, code: '0x8006088a', message: `Resource not found for the segment '${segment}'.` });
const badSyntax = { status: 400, code: '0x80060888', message: 'Bad Request - Error in query syntax.' };
const notAllowed = { status: 405, code: '0x80060888', message: 'The requested resource does not support this http method.' };

/** The Web API at `/api/data/v9.2/` of an origin, which is also the token's audience: `leads`, `WhoAmI`, the lead table's metadata. */
export function dataverseRoutes({ tokens, table, columns, privileges, secured, clock }: Dataverse) {
	/** What the application user may do, as far as the fault board has not changed it for this request. */
	const rightsOf = (c: Context<SandboxEnv>): Rights => {
		const change = c.get('environment');
		return {
			privileges: change?.kind === 'lacks' ? without(privileges, change.privileges) : privileges,
			secured: change?.kind === 'secured' ? [...secured, ...change.columns] : secured,
			disabled: change?.kind === 'disabledUser',
		};
	};
	const context = (c: Context, path: string) => ({ '@odata.context': `${root(c)}$metadata#${path}` });
	return new Hono<SandboxEnv>().all('/api/data/:version{v9\\.[0-2]}/:resource{.+}', async (c) => {
		const origin = new URL(c.req.url).origin;
		if (tokens.check(c.req.header('authorization'), origin)) {
			const challenge = `Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=${origin}/`;
			return toDataverseAnswer(c, { status: 401, code: '', message: '', headers: { 'www-authenticate': challenge } });
		}
		const resource = c.req.param('resource');
		const { method } = c.req;
		const headers = checkHeaders(c.req.raw.headers, method === 'PATCH' || method === 'POST');
		if (headers) return toDataverseAnswer(c, headers);
		const query = method === 'GET' ? checkQuery(resource, c.req.query()) : undefined;
		if (query) return toDataverseAnswer(c, query);
		const rights = rightsOf(c);
		if (rights.disabled) return toDataverseAnswer(c, userDisabled);
		if (/^WhoAmI(\(\))?$/.test(resource)) {
			const ids = { BusinessUnitId: businessUnitId, UserId: applicationUserId, OrganizationId: organizationId };
			return toJsonAnswer({ ...context(c, 'Microsoft.Dynamics.CRM.WhoAmIResponse'), ...ids });
		}
		const metadata = /^EntityDefinitions\(LogicalName='lead'\)\/Attributes\/Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata$/.exec(
			resource,
		);
		if (metadata) {
			const { $select: select, $expand: expand } = c.req.query();
			const found = attributeMetadata(columns, { kind: metadata[1] ?? '', select, expand });
			return found.ok ? toJsonAnswer({ ...context(c, 'EntityDefinitions'), value: found.value }) : toDataverseAnswer(c, found.refusal);
		}
		if (resource === "EntityDefinitions(LogicalName='lead')/Attributes")
			return toJsonAnswer({ ...context(c, 'EntityDefinitions'), value: securedMetadata(columns, rights.secured) });
		if (resource === "EntityDefinitions(LogicalName='lead')/ManyToOneRelationships") {
			const found = relationshipMetadata(columns, c.req.query('$select'));
			return found.ok ? toJsonAnswer({ ...context(c, 'EntityDefinitions'), value: found.value }) : toDataverseAnswer(c, found.refusal);
		}
		if (method === 'GET' && resource === 'EntityDefinitions') {
			const found = tableMetadata(c.req.query('$filter'));
			return found.ok ? toJsonAnswer({ ...context(c, 'EntityDefinitions'), value: found.value }) : toDataverseAnswer(c, found.refusal);
		}
		const held = method === 'GET' ? (userPrivileges(resource, rights.privileges) ?? attributePrivileges(resource)) : undefined;
		if (held) return toJsonAnswer({ ...context(c, 'Microsoft.Dynamics.CRM.RetrieveUserPrivilegesResponse'), ...held });
		if (method === 'GET' && Object.hasOwn(knownRecords, resource)) {
			const found = findKnownRecords(resource, c.req.query());
			return found.ok ? toJsonAnswer({ ...context(c, resource), value: found.value }) : toDataverseAnswer(c, found.refusal);
		}
		const [, set = '', id = ''] = /^(\w+)\(([^)]*)\)$/.exec(resource) ?? [];
		if (method === 'GET' && Object.hasOwn(knownRecords, set)) {
			const table = knownRecords[set]?.table ?? '';
			const isThere = Object.hasOwn(knownRecords[set]?.records ?? {}, id.toLowerCase());
			return isThere
				? toJsonAnswer({ ...context(c, `${set}/$entity`), [`${table}id`]: id.toLowerCase() })
				: toDataverseAnswer(c, doesNotExist(id, table));
		}
		if (resource === 'leads') return method === 'GET' ? list(c) : method === 'POST' ? write(c) : toDataverseAnswer(c, notAllowed);
		const key = /^leads\(([^)]*)\)$/.exec(resource)?.[1];
		if (key === undefined) return toDataverseAnswer(c, notFound(resource.split(/[(/]/)[0] ?? ''));
		if (!guidPattern.test(key)) return toDataverseAnswer(c, badSyntax);
		return method === 'GET' ? get(c, key) : method === 'PATCH' ? write(c, key) : toDataverseAnswer(c, notAllowed);
	});

	function get(c: Context, leadid: string) {
		const selection = selectColumns(c.req.query('$select'), columns);
		if (!selection.ok) return toDataverseAnswer(c, selection.refusal);
		const row = table.find(leadid);
		return row ? toJsonAnswer({ ...context(c, 'leads/$entity'), ...selection.show(row) }) : toDataverseAnswer(c, doesNotExist(leadid));
	}

	function list(c: Context) {
		const { $select: select, $filter: filter, $top: top = '5000' } = c.req.query();
		const selection = selectColumns(select, columns);
		const unknown = checkFilter(filter, columns.map(readName), 'lead');
		if (unknown) return toDataverseAnswer(c, unknown);
		const filtered = filterLeads(filter);
		if (!selection.ok) return toDataverseAnswer(c, selection.refusal);
		if (!filtered.ok) return toDataverseAnswer(c, filtered.refusal);
		if (!/^\d+$/.test(top)) return toDataverseAnswer(c, badSyntax);
		const rows = table.all().filter(filtered.matches).slice(0, Number(top));
		return toJsonAnswer({ ...context(c, 'leads'), value: rows.map(selection.show) });
	}

	async function write(c: Context<SandboxEnv>, key?: string) {
		const text = await c.req.text();
		const payload = parseObject(text);
		if (!payload) return toDataverseAnswer(c, payloadRefusal('A payload that is a JSON object was expected.'));
		const refusal = checkBody(text, columns);
		if (refusal) return toDataverseAnswer(c, refusal);
		const leadid = key ?? payload.leadid ?? randomUUID();
		if (typeof leadid !== 'string' || !guidPattern.test(leadid)) return toDataverseAnswer(c, badSyntax);
		const request: LeadWrite = {
			leadid: leadid.toLowerCase(),
			payload,
			createOnly: key === undefined || c.req.header('if-none-match') === '*',
			ifMatch: c.req.header('if-match'),
			detectDuplicates: c.req.header('mscrm.suppressduplicatedetection') === 'false',
			rights: rightsOf(c),
			now: clock(),
		};
		const written = writeLead(request, { table, columns });
		if (!written.ok) return toDataverseAnswer(c, written.refusal);
		const entity = { 'odata-entityid': `${root(c)}leads(${written.row.leadid})` };
		const selection = selectColumns(c.req.query('$select'), columns);
		if (!selection.ok || !c.req.header('prefer')?.includes('return=representation')) return toEmptyAnswer(entity);
		const preference = { ...entity, 'preference-applied': 'return=representation' };
		return toJsonAnswer({ ...context(c, 'leads/$entity'), ...selection.show(written.row) }, written.created ? 201 : 200, preference);
	}
}

const without = (names: string[], taken: string[]) => {
	const lower = taken.map((name) => name.toLowerCase());
	return names.filter((name) => !lower.includes(name.toLowerCase()));
};

const root = (c: Context) => `${new URL(c.req.url).origin}/api/data/v9.2/`;
