import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../refusal.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { sandboxClientId, sandboxIdentityHeader } from '../sandbox-settings.ts';
import type { Tokens } from './tokens.ts';

/** A refusal as App Service's token endpoint words it. */
export const toIdentityAnswer = (c: Context, { status, message, headers }: Refusal) =>
	c.json({ StatusCode: status, Message: message, CorrelationId: randomUUID() }, status as ContentfulStatusCode, headers);

const refuse = (status: number, message: string): Refusal => ({ status, code: '', message });

/**
 * App Service's managed identity endpoint, protocol 2019-08-01: `GET ?resource=…&api-version=2019-08-01[&client_id=…]` with the header
 * `X-IDENTITY-HEADER`. Source: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export const identityRoutes = ({ tokens }: { tokens: Tokens }) =>
	new Hono<SandboxEnv>().get('/identity/token', (c) => {
		const { resource, 'api-version': version, client_id: clientId } = c.req.query();
		if (c.req.header('x-identity-header') !== sandboxIdentityHeader) {
			return toIdentityAnswer(c, refuse(401, 'The X-IDENTITY-HEADER header is missing or not the value of IDENTITY_HEADER.'));
		}
		if (version !== '2019-08-01') {
			return toIdentityAnswer(c, refuse(400, `The api-version '${version ?? ''}' is not supported. Supported: '2019-08-01'.`));
		}
		if (!resource) return toIdentityAnswer(c, refuse(400, 'The parameter resource is required.'));
		if (clientId !== undefined && clientId.toLowerCase() !== sandboxClientId) {
			const message = 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';
			return toIdentityAnswer(c, refuse(400, message));
		}
		const { token, expiresAt } = tokens.issue(resource);
		return c.json({
			access_token: token,
			expires_on: c.get('environment')?.kind === 'dates' ? new Date(expiresAt).toISOString() : String(Math.floor(expiresAt / 1000)),
			resource,
			token_type: 'Bearer',
			client_id: sandboxClientId,
		});
	});
