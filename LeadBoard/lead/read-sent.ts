import type { DestinationPreview } from '../../shared/delivery/destination-kind.ts';
import { previewDeliveries } from '../../shared/operate/preview-lead.ts';
import { matchRoute } from '../../shared/rules/match-route.ts';
import type { BoardDeps } from '../board-deps.ts';
import type { LeadView } from './read-lead-page.ts';

/** What a destination is sent of a lead. */
export interface Sent {
	destination: string;
	preview: DestinationPreview;
	notes: string[];
}

const timeoutMs = 5000;

/**
 * The mail, the record or the message, as it was sent or would be: made anew from the payload by the settings that are in force, without asking any service. So
 * it differs from what was sent when settings have changed since.
 */
export async function readSent({ lead, said }: LeadView, { settings, deadline }: BoardDeps, only?: string): Promise<Sent[]> {
	if (!lead || !said) return [];
	const { choice } = await matchRoute(said, settings.routes);
	const given = { leadId: lead.leadId, receivedAt: new Date(lead.receivedAt), lead: said, attempt: 1, choice };
	const names = Object.keys(lead.deliveries);
	const notes = new Set<string>();
	const deps = { note: (text: string) => void notes.add(text), signal: deadline(timeoutMs) };
	const sent = await previewDeliveries(given, names, settings, deps);
	return Object.entries(sent).flatMap(([destination, preview]) =>
		only === undefined || destination === only ? [{ destination, preview, notes: [...notes, ...preview.warnings] }] : [],
	);
}
