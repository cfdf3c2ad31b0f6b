import type { Refusal } from '../refusal.ts';
import type { Column } from './column.ts';
import { applicationUserId, knownRecords } from './known-records.ts';

/** What the application user may do in the environment. */
export interface Rights {
	privileges: string[];
	/** Columns that a column security profile keeps from it. */
	secured: string[];
	disabled: boolean;
}

export const userDisabled: Refusal = {
	status: 403,
	code: '0x80040225',
	message: `The user with id ${applicationUserId} is disabled. Consider enabling it.`,
};

/** Refuses to create a record that holds what the application user may not say, in Dataverse's words. */
export function checkRights(payload: Record<string, unknown>, columns: Column[], { privileges, secured }: Rights): Refusal | undefined {
	const held = new Set(privileges.map((name) => name.toLowerCase()));
	const missing = neededFor(payload, columns).find(({ privilege }) => !held.has(privilege.toLowerCase()));
	if (missing) return lacking(missing);
	const column = secured.find((name) => payload[name] !== undefined || payload[`${navigationOf(name, columns)}@odata.bind`] !== undefined);
	if (column === undefined) return undefined;
	return {
		status: 403,
		code: '0x8004f502',
		message: `User with ID: ${applicationUserId} does not have Create permissions for the ${column} attribute in the lead entity. Count secured attributes: ${secured.length}`,
	};
}

const navigationOf = (name: string, columns: Column[]) => {
	const column = columns.find((known) => known.name === name);
	return column?.kind === 'Lookup' ? (column.navigation ?? name) : name;
};

interface Need {
	privilege: string;
	table: string;
}

const lacking = ({ privilege, table }: Need): Refusal => ({
	status: 403,
	code: '0x80040220',
	message: `Principal user (Id=${applicationUserId}, type=8, roleCount=1, privilegeCount=9, accessMode='4 Non-interactive') is missing ${privilege} privilege (Id=5a4db0c5-0000-4000-8000-00000000cafe) on OTC=4 for entity '${table}'. context.Caller=${applicationUserId}`,
});

/** A currency column needs a currency, a lookup a record that may be pointed to, an owner the right to give away. */
function neededFor(payload: Record<string, unknown>, columns: Column[]): Need[] {
	const needs: Need[] = [{ privilege: 'prvCreateLead', table: 'lead' }];
	for (const [name, value] of Object.entries(payload)) {
		const [, set] = /^\/?(\w+)\(/.exec(String(value)) ?? [];
		const table = knownRecords[set ?? '']?.table;
		if (name === 'ownerid@odata.bind') needs.push({ privilege: 'prvAssignLead', table: 'lead' });
		else if (name.endsWith('@odata.bind') && table)
			needs.push({ privilege: 'prvAppendLead', table: 'lead' }, { privilege: `prvAppendTo${privilegeName(table)}`, table });
		else if (columns.some((column) => column.name === name && column.kind === 'Money'))
			needs.push({ privilege: 'prvReadTransactionCurrency', table: 'transactioncurrency' });
		else if (name === 'overriddencreatedon') needs.push({ privilege: 'prvOverrideCreatedOnCreatedBy', table: 'lead' });
	}
	return needs;
}

/** Privileges call tables by names of their own. */
export const privilegeName = (table: string) => privilegeNames[table] ?? table.charAt(0).toUpperCase() + table.slice(1);
const privilegeNames: Record<string, string> = { systemuser: 'User', transactioncurrency: 'TransactionCurrency' };
