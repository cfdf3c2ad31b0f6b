/**
 * Where sales sees a lead's record: the lead id is the record's GUID.
 *
 * @param orgUrl origin of the organisation without a trailing slash
 */
export function crmRecordUrl(orgUrl: string, leadId: string): string {
	return `${orgUrl}/main.aspx?etn=lead&id=${leadId}&pagetype=entityrecord`;
}
