import type { AppPlace, IntakeKey } from './read-intake-key.ts';

export interface Deployed extends AppPlace {
	/** The intake without its key. */
	intakeUrl: string;
	appUrl: string;
	/** Client id and object id of the identity. */
	clientId: string;
	principalId: string;
	key: IntakeKey;
}

/** What a person does after a deployment. */
export function nextSteps({ subscriptionId, resourceGroup, name, intakeUrl, appUrl, clientId, principalId, key }: Deployed): string {
	const destination = key.ok
		? `  ${intakeUrl}?code=${encodeURIComponent(key.key)}`
		: `  ${intakeUrl}?code=<key>
  The key was not read (${key.problem}). Read it with:
  az functionapp function keys list --resource-group ${resourceGroup} --name ${name} --function-name LeadIntake --query default --output tsv`;
	return `
Lead Destination URL. Anyone who has it can post leads: enter it in Partner Center and nowhere else.

${destination}

Permissions, once per identity (docs/deploy.md, "Permissions"); the app tries again by itself until they are there:
  mail         pwsh infra/permissions/exchange-mailbox.ps1 -ClientId ${clientId} -ObjectId ${principalId} -Mailbox <EMAIL_FROM>
  Dynamics 365 bash infra/permissions/dataverse-user.sh --url <DATAVERSE_URL> --client-id ${clientId}

Then press Validate in Partner Center and look for the lead MSFT_TEST in the mailbox or in Dynamics 365.

Pages
  app    ${appUrl}
  logs, alerts, costs    https://portal.azure.com/#resource/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/overview
`;
}
