/** When a lead came, for people: `2026-11-23 22:46 UTC`. */
export function receivedInWords(receivedAt: Date): string {
	return `${receivedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
