/** What people call a lead by: the last 8 digits of its id, all of them random. */
export const leadReference = (leadId: string): string => leadId.slice(-8);
