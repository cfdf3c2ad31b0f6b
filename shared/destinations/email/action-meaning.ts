import type { Lead } from '../../lead/lead.ts';

/** https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-get-customer-leads */
const meanings = new Map([
	['ins', 'The customer acquired the offer or pressed “Get it now”. Ask what they want to achieve, and help them to start.'],
	['plt', 'The customer pressed “Contact me” and waits for your answer.'],
	['dnc', 'The offer was cross-listed together with another one. This is for your information only: the customer must not be contacted.'],
	['create', 'The customer purchased the offer in the Azure portal. Welcome them, and help them to start.'],
	['starttestdrive', 'The customer started a test drive and is trying the offer right now.'],
]);

/** What the customer did means for a sales person; nothing for an action that Microsoft does not document. */
export function actionMeaning({ action }: Pick<Lead, 'action'>): string | undefined {
	return action && meanings.get(action.toLowerCase());
}
