/** What the sandbox has received, as its JSON tells it. */
export interface MailJson {
	to: string[];
	cc: string[];
	replyTo: string[];
	subject: string;
	headers: Record<string, string>;
	html: string;
	receivedAt: string;
}

export type RecordJson = Record<string, unknown> & { leadid: string };

type Sandbox = { sandboxUrl: string };
const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

export const get = {
	mails: async ({ sandboxUrl }: Sandbox) => (await json(`${sandboxUrl}/mailbox.json`)) as MailJson[],
	records: async ({ sandboxUrl }: Sandbox) => (await json(`${sandboxUrl}/crm.json`)) as RecordJson[],
	mail: async (sandbox: Sandbox, leadId: string) => (await get.mails(sandbox)).find(({ headers }) => headers['x-lead-id'] === leadId),
	record: async (sandbox: Sandbox, leadId: string) => (await get.records(sandbox)).find(({ leadid }) => leadid === leadId),
};
