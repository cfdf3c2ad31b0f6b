import type { Answer, Cause } from '../http/answer.ts';
import { dataverseCode } from './get-json.ts';

const users = 'Power Platform admin center > Environments > the environment > Settings > Users + permissions > Application users';
const role =
	'Give the application user of the identity a security role with Create and Read on Lead, and what else the reason names: bash infra/permissions/dataverse-user.sh --url DATAVERSE_URL --client-id AZURE_CLIENT_ID --apply';
const roleNames = ['Create and Read on Lead for AZURE_CLIENT_ID'];
const userNames = ['application user for AZURE_CLIENT_ID'];

const notAllowed: Cause = {
	kind: 'configuration',
	reason: 'the identity may not do this in Dataverse: its security roles lack a privilege',
	remedy: role,
	names: roleNames,
};
const userDisabled: Cause = {
	kind: 'configuration',
	reason: 'the application user of the identity is disabled',
	remedy: `Activate it: ${users} > the user > Activate.`,
	names: userNames,
};
const plugInBroken: Cause = {
	kind: 'configuration',
	reason: 'a plug-in of the environment is broken: its assembly cannot be loaded, or it fails for every record',
	remedy: 'Ask the administrator of the environment to fix or disable the plug-in that the reason names; waiting leads are delivered then.',
	names: ['plug-in of the environment'],
};
const administrationMode: Cause = {
	kind: 'configuration',
	reason: 'Dataverse refused without a reason, as an environment in administration mode does',
	remedy:
		'Check whether administration mode is on: Power Platform admin center > Environments > the environment > Edit > Administration mode. If it is off, check the firewall rules of the environment.',
	names: ['administration mode of the environment'],
};
const value = (reason: string): Cause => ({
	kind: 'permanent',
	reason,
	remedy: 'Read the reason, fix the column or the setting that it names, then replay the delivery.',
});
const busy = (reason: string): Cause => ({ kind: 'transient', reason, remedy: 'Wait: the record is tried again automatically.' });
const noRecord: Cause = {
	kind: 'permanent',
	reason: 'a record that a setting points to does not exist',
	remedy: 'Fix the setting that names the record which was not found, then replay the delivery.',
};

export const codes = {
	alreadyThere: '0x80040237',
	keyTaken: '0x80060892',
	duplicateRule: '0x80040333',
	plugInRefused: '0x80040265',
	securedColumn: '0x8004f502',
	missingPrivilege: '0x80040220',
} as const;

/**
 * What Dataverse's codes mean, whatever the status: one and the same code has been seen with several.
 * https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
 */
const causes: Record<string, Cause> = {
	// The identity, and the environment: the same for every lead.
	'0x80072560': {
		kind: 'configuration',
		reason: 'the identity is not an application user of the environment',
		remedy:
			'Add the identity as an application user: pac admin assign-user --environment DATAVERSE_URL --user AZURE_CLIENT_ID --role ROLE --application-user',
		names: userNames,
	},
	'0x80040225': userDisabled,
	'0x80042f09': {
		kind: 'configuration',
		reason: 'the application user of the identity has no security role',
		remedy: role,
		names: ['security role of AZURE_CLIENT_ID'],
	},
	'0x80095ffc': {
		kind: 'configuration',
		reason: 'the app access control of the environment blocks the application',
		remedy:
			'Allow the application with the client id AZURE_CLIENT_ID: Power Platform admin center > Security > Identity and access > App access control.',
		names: ['app access control for AZURE_CLIENT_ID'],
	},
	[codes.missingPrivilege]: notAllowed,
	'0x80048306': notAllowed,
	'0x80040231': notAllowed,
	'0x80048405': notAllowed,
	[codes.securedColumn]: {
		kind: 'configuration',
		reason: 'the identity may not fill a column that is secured',
		remedy:
			'Add the application user of the identity to a column security profile that allows Create on the column which the reason names: Power Platform admin center > Environments > the environment > Settings > Users + permissions > Column security profiles.',
		names: ['column security profile for AZURE_CLIENT_ID'],
	},
	'0x80040224': plugInBroken,
	// A person's matter.
	[codes.duplicateRule]: {
		kind: 'permanent',
		reason: 'a duplicate-detection rule matched another record',
		remedy:
			'A duplicate-detection rule matched another record: look at it and close the delivery; or set DATAVERSE_DUPLICATE_DETECTION to false and replay it.',
	},
	[codes.keyTaken]: {
		kind: 'permanent',
		reason: 'another record has the same value of an alternate key',
		remedy:
			'Look at the record that has the value: close the delivery if it is the same lead; otherwise fix the column of DATAVERSE_FIELDS or the key that the reason names, then replay the delivery.',
	},
	[codes.plugInRefused]: {
		kind: 'permanent',
		reason: 'a plug-in of the environment refused the record',
		remedy: 'Read what the plug-in of the environment says, fix what it names, then replay the delivery.',
	},
	'0x80040217': noRecord,
	'0x80060891': noRecord,
	// A value of this record.
	'0x80044331': value('a value is too long for its column'),
	'0x80090429': value('a value is too long for its column'),
	'0x8004431a': value('a value is outside the range of its column'),
	'0x8004432f': value('a value is outside the range of its column'),
	'0x80044330': value('a value is outside the range of its column'),
	'0x80040278': value('a text holds a character that its column does not accept'),
	'0x80040239': value('a time is outside the range of its column'),
	'0x80048408': value('a status does not belong to its state'),
	'0x80048d19': value('a column does not exist, or its value is of another type'),
	'0x80060888': value('the request does not fit the table of leads'),
	'0x80040203': value('a value is not valid'),
	// A bad moment.
	'0x80072322': busy('Dataverse limits the requests of the app'),
	'0x80072321': busy('the requests take too much processing time in Dataverse'),
	'0x80072326': busy('too many requests run in Dataverse at once'),
	'0x80044150': busy('the database of Dataverse did not answer in time'),
	'0x80040216': busy('Dataverse failed with an unexpected error'),
	'0x80044171': busy('a plug-in took too long'),
	'0x80044172': busy('a plug-in ended unexpectedly'),
	'0x80044173': busy('the plug-ins of the environment are busy'),
	'0x80081116': busy('the plug-ins of the environment are busy'),
};

/** Texts that come with no code of their own: type names and assembly names are the same in every language. */
const texts: [RegExp, Cause][] = [
	[
		/could not load (?:file or assembly|type)|PublicKeyToken=|TypeLoadException|BadImageFormatException|unable to load plug-?in assembly/i,
		plugInBroken,
	],
	[/representing the OAuth principal|^(?:the )?user\b.{0,80}\bis disabled\b/i, userDisabled],
];

/** What an answer means by its code or text, before its status is looked at; undefined when they say nothing that is known. */
export function dataverseCause({ status, code: written, message }: Pick<Answer, 'status' | 'code' | 'message'>): Cause | undefined {
	const code = dataverseCode(written);
	const known = causes[code];
	if (known && known.kind !== 'permanent') return known;
	// What refuses a value quotes it, and a lead may say anything.
	const told = status >= 400 && !isOfValue(code) ? texts.find(([pattern]) => pattern.test(message))?.[1] : undefined;
	return told ?? known ?? (status === 403 && code === '' && message === '' ? administrationMode : undefined);
}

/** Whether a code is that of a value, whatever the status it comes with. */
export const isOfValue = (code: string) => causes[code]?.kind === 'permanent' && !ofPeople.includes(code);
const ofPeople: string[] = [codes.duplicateRule, codes.keyTaken, codes.plugInRefused, '0x80040217', '0x80060891'];
