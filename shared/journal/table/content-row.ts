/** Which lead has a content, since when, and how many receipts it has had. No personal data: it outlives erasure. */
export interface ContentRow {
	leadId: string;
	receivedAt: number;
	receipts: number;
}
