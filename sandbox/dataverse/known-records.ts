interface KnownSet {
	/** Logical name of the table. */
	table: string;
	/** The column that holds a record's name. */
	nameColumn: string;
	/** Columns by id. */
	records: Record<string, Record<string, string | boolean>>;
}

const guid = (number: number) => `5a4db0c5-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Ids for `WhoAmI`. */
export const applicationUserId = guid(1);
export const businessUnitId = guid(2);
export const organizationId = guid(3);

const user = (fullname: string, internalemailaddress: string, isdisabled = false) => ({
	fullname,
	internalemailaddress,
	domainname: internalemailaddress,
	isdisabled,
});

/** The records that a lookup can point to, by entity set. */
export const knownRecords: Record<string, KnownSet> = {
	systemusers: {
		table: 'systemuser',
		nameColumn: 'fullname',
		records: {
			[applicationUserId]: user('# Lead intake', 'lead-intake@contoso.example'),
			[guid(11)]: user('Adele Vance', 'adele.vance@contoso.example'),
			[guid(12)]: user('Gone Away', 'gone.away@contoso.example', true),
		},
	},
	teams: {
		table: 'team',
		nameColumn: 'name',
		records: { [guid(21)]: { name: 'Marketplace sales' }, [guid(22)]: { name: "Night's watch" } },
	},
	campaigns: {
		table: 'campaign',
		nameColumn: 'name',
		records: {
			[guid(31)]: { name: 'Marketplace', codename: 'spring' },
			[guid(32)]: { name: 'Fair', codename: 'twice' },
			[guid(33)]: { name: 'Fair again', codename: 'twice' },
		},
	},
	transactioncurrencies: {
		table: 'transactioncurrency',
		nameColumn: 'currencyname',
		records: { [guid(41)]: { currencyname: 'Euro', isocurrencycode: 'EUR' } },
	},
};

/** The name of a record, whatever its table. */
export function knownName(id: string): string | undefined {
	const found = Object.values(knownRecords).find(({ records }) => Object.hasOwn(records, id));
	const name = found?.records[id]?.[found.nameColumn];
	return name === undefined ? undefined : String(name);
}
