import { Hono } from 'hono';

/** A stand-in for Azure Resource Manager, as far as the keys of one function app need it: https://learn.microsoft.com/rest/api/appservice/web-apps */
export function createResourceManager({
	app,
	keys,
	hostKeys = new Map(),
}: {
	app: string;
	keys: Map<string, string>;
	hostKeys?: Map<string, string>;
}): Hono {
	const site = `/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Web/sites/${app}`;
	const refuse = (status: number, code: string, message: string) => Response.json({ error: { code, message } }, { status });
	return new Hono()
		.use('/subscriptions/*', async (c, next) => {
			if (!/^Bearer \S+$/.test(c.req.header('authorization') ?? '')) return refuse(401, 'AuthenticationFailed', 'Authentication failed.');
			if (!/^\d{4}-\d{2}-\d{2}$/.test(c.req.query('api-version') ?? ''))
				return refuse(400, 'MissingApiVersionParameter', 'The api-version query parameter is required for all requests.');
			return next();
		})
		.get(site, (c) =>
			c.json({
				name: app,
				properties: { defaultHostName: `${app}.azurewebsites.net`, hostNames: [`${app}.azurewebsites.net`, 'leads.contoso.example'] },
			}),
		)
		.post(`${site}/functions/LeadIntake/listkeys`, (c) => c.json(Object.fromEntries(keys)))
		.post(`${site}/host/default/listkeys`, (c) =>
			c.json({ masterKey: 'the-master-key-of-the-app', functionKeys: Object.fromEntries(hostKeys), systemKeys: {} }),
		)
		.put(`${site}/functions/LeadIntake/keys/:name`, async (c) => {
			const name = c.req.param('name');
			const { properties } = (await c.req.json()) as { properties?: { name?: string; value?: string } };
			if (properties?.name !== name || !properties.value) return refuse(400, 'BadRequest', 'Name and value are expected.');
			const isNew = !keys.has(name);
			keys.set(name, properties.value);
			return c.json({ properties: { name, value: properties.value } }, isNew ? 201 : 200);
		})
		.delete(`${site}/functions/LeadIntake/keys/:name`, (c) =>
			keys.delete(c.req.param('name')) ? new Response(null, { status: 204 }) : refuse(404, 'NotFound', 'The key was not found.'),
		);
}
