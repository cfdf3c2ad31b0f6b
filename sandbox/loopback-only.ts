import type { MiddlewareHandler } from 'hono';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Refuses a request that names another host: so no web page can read the leads here by pointing its own name at this machine (DNS rebinding). */
export const loopbackOnly: MiddlewareHandler = async (c, next) =>
	loopbackNames.includes(new URL(c.req.url).hostname) ? next() : c.text('The sandbox answers to 127.0.0.1 and localhost only.', 403);
