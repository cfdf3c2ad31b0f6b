import { randomUUID } from 'node:crypto';
import type { RpcTypedData } from './core-api.ts';

/** What storage says of a message that was received. */
export interface ReceivedMessage {
	messageId: string;
	popReceipt: string;
	dequeueCount: number;
	insertedOn: Date;
	expiresOn: Date;
	nextVisibleOn: Date;
}

/**
 * The trigger metadata of a queue message, in the names and forms of the host (tests/foreign/queue-triggers.json). The host lays the top-level members of a JSON object over what storage says, without regard to case: values as
 * text, objects as objects, arrays and nulls not at all (`Utility.ApplyBindingData` in azure-functions-host).
 */
export function queueMetadata(functionName: string, body: string, message: ReceivedMessage): Record<string, RpcTypedData> {
	// Whole seconds, as storage tells them, and as .NET writes a time with its offset.
	const time = (date: Date) => ({ json: JSON.stringify(`${date.toISOString().slice(0, 19)}+00:00`) });
	const metadata: Record<string, RpcTypedData> = {
		QueueTrigger: { string: body },
		DequeueCount: { json: String(message.dequeueCount) },
		ExpirationTime: time(message.expiresOn),
		Id: { string: message.messageId },
		InsertionTime: time(message.insertedOn),
		NextVisibleTime: time(message.nextVisibleOn),
		PopReceipt: { string: message.popReceipt },
		sys: { json: JSON.stringify({ MethodName: functionName, UtcNow: new Date().toISOString(), RandGuid: randomUUID() }) },
	};
	const names = new Map(Object.keys(metadata).map((name) => [name.toLowerCase(), name]));
	for (const [member, value] of Object.entries(topLevel(body))) {
		if (value === null || Array.isArray(value)) continue;
		const name = names.get(member.toLowerCase()) ?? member;
		names.set(member.toLowerCase(), name);
		metadata[name] = typeof value === 'object' ? { json: JSON.stringify(value) } : { string: asText(value) };
	}
	return metadata;
}

function topLevel(body: string): object {
	if (!body.trimStart().startsWith('{')) return {};
	try {
		return JSON.parse(body) as object;
	} catch {
		return {}; // the host too passes such a message on as text
	}
}

/** As .NET writes it. */
const asText = (value: unknown) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value));
