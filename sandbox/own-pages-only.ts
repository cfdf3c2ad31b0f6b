import type { MiddlewareHandler } from 'hono';
import { askedBy } from '../LeadBoard/gate/asked-by.ts';

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Lets no foreign web page change anything here: one that someone has open beside the sandbox, from another port of this machine too. What is no browser may. */
export const ownPagesOnly: MiddlewareHandler = async (c, next) =>
	readingMethods.includes(c.req.method) || ['own page', 'unknown'].includes(askedBy(c.req.raw.headers))
		? next()
		: c.text('Nothing was done, because another web page asked for it.', 403);
