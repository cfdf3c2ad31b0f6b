/** The role that the identity lacks, by the name that Azure gives it, when storage refuses a call; undefined for any other trouble. */
export function missingRole(error: unknown, service: 'Table' | 'Queue'): string | undefined {
	const { statusCode } = (error ?? {}) as { statusCode?: number };
	return statusCode === 401 || statusCode === 403 ? `Storage ${service} Data Contributor for AzureWebJobsStorage` : undefined;
}
