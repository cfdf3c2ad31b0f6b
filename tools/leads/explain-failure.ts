import { codeOf } from '../../shared/basics/failures.ts';
import { storageRefusal } from '../../shared/storage/storage-refusal.ts';
import { printableLine } from './printable.ts';

/** What went wrong, in a sentence with what to do. */
export function explainFailure(error: unknown, where: string): string {
	const {
		statusCode,
		code = '',
		name = '',
		message = '',
	} = (error ?? {}) as { statusCode?: number; code?: string; name?: string; message?: string };
	const failed = `Failed with ${codeOf(error)}:`;
	if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET/.test(`${code} ${message}`))
		return `${failed} ${where} cannot be reached. Check that it runs and that its name is right.`;
	if (name === 'TimeoutError' || name === 'AbortError') return `${failed} ${where} does not answer.`;
	const { why, next } = storageRefusal(error) ?? {};
	if (why && next) return `${failed} ${where} refuses: ${why}. ${next}`;
	if (statusCode === 403 || statusCode === 401)
		return `${failed} not allowed in ${where}. Needed: Storage Table Data Contributor (and Storage Queue Data Message Sender to ring, Storage Queue Data Contributor to erase from queues) on the account.`;
	if (/Credential|Authentication/.test(name)) return `${failed} no one is signed in to Azure here. Run: az login`;
	if (!statusCode && message.includes('AzureWebJobsStorage')) return printableLine(message);
	return `${failed} ${printableLine(message.split('\n')[0] ?? '')}`;
}
