import writeXlsx from 'write-excel-file/node';

/** A lead as an export of any flavour has it. */
export interface ExportedLead {
	at: number;
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	company: string;
	offer: string;
	note: string;
}

/** What a lead of a real export can hold, and more. */
export const hostile = [
	'plain',
	'two\nlines, "quoted"; and\ttabbed',
	'=1+1',
	'Ünïcödé 😀 漢字',
	"'apostrophe",
	'a'.repeat(3000),
	'{"mktcmpid":"autumn"}',
	'\u202Ereversed',
];

export const exportedLeads = (count: number, from: number): ExportedLead[] =>
	Array.from({ length: count }, (_, index) => ({
		at: from + index * 60_000,
		firstName: `Ada ${index}`,
		lastName: 'Lovelace',
		email: `ada.${index}@contoso${index % 50}.example`,
		phone: `+49 30 ${String(1_000_000 + index)}`,
		company: `Contoso ${index % 50}`,
		offer: `Offer ${index % 7}`,
		note: hostile[index % hostile.length] ?? '',
	}));

/** What the marketplace posted for a lead. */
export const postedFor = ({ firstName, lastName, email, phone, company, offer }: ExportedLead) => ({
	UserDetails: { FirstName: firstName, LastName: lastName, Email: email, Phone: phone, Company: company },
	LeadSource: 'AzureMarketplace',
	ActionCode: 'INS',
	OfferTitle: offer,
});

const quoted = (separator: string) => (cells: string[]) =>
	cells.map((cell) => (/["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator);

const csv = (head: string[], rows: string[][], separator = ',', newline = '\r\n') =>
	[head, ...rows].map(quoted(separator)).join(newline) + newline;

const two = (number: number) => String(number).padStart(2, '0');
const iso = (at: number) => new Date(at).toISOString();

/** As a person in Germany sees it. */
function german(at: number): string {
	const time = new Date(at);
	return `${two(time.getUTCDate())}.${two(time.getUTCMonth() + 1)}.${time.getUTCFullYear()} ${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
}

function american(at: number): string {
	const time = new Date(at);
	const hours = time.getUTCHours();
	return `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()} ${hours % 12 || 12}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}

const utf16 = (text: string, mark: boolean) => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
const bigEndian = (text: string) => utf16(text, true).swap16();

/** Every flavour of a file that we know of, by name: its bytes. */
export const flavours: Record<string, (leads: ExportedLead[]) => Buffer | Promise<Buffer>> = {
	'Partner Center, UTF-8 with a BOM': (leads) =>
		Buffer.from(
			`\uFEFF${csv(
				['Lead ID', 'LeadCreationDateTime', 'First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Offer Title', 'Description', 'Status'],
				leads.map((l, i) => [`id-${i}`, iso(l.at), l.firstName, l.lastName, l.email, l.phone, l.company, l.offer, l.note, 'New']),
			)}`,
		),
	'German, semicolons, UTF-16 with a BOM': (leads) =>
		utf16(
			csv(
				['Erstellt am', 'Vorname', 'Nachname', 'E-Mail-Adresse', 'Telefon', 'Firma', 'Angebot', 'Beschreibung'],
				leads.map((l) => [german(l.at), l.firstName, l.lastName, l.email.toUpperCase(), l.phone, l.company, l.offer, l.note]),
				';',
			),
			true,
		),
	'tabs, UTF-16 without a BOM': (leads) =>
		utf16(
			csv(
				['lead_creation_date_time', 'EMAIL ADDRESS', 'last name', 'first name', 'offer'],
				leads.map((l) => [iso(l.at), l.email, l.lastName, l.firstName, l.offer]),
				'\t',
				'\n',
			),
			false,
		),
	'French, UTF-16 big-endian': (leads) =>
		bigEndian(
			csv(
				['Date de création', 'Prénom', 'Nom', 'Adresse e-mail', 'Société', 'Offre'],
				leads.map((l) => [german(l.at), l.firstName, l.lastName, l.email, l.company, l.offer]),
				';',
			),
		),
	'the Azure table, as Storage Explorer gives it': (leads) =>
		Buffer.from(
			csv(
				[
					'PartitionKey',
					'RowKey',
					'Timestamp',
					'ActionCode',
					'ActionCode@type',
					'CreatedTime',
					'CustomerInfo',
					'Description',
					'LeadSource',
					'OfferDisplayName',
					'ProductId',
				],
				leads.map((l, i) => [
					...['p', `r${i}`, iso(l.at + 5_000_000), 'INS', 'Edm.String', iso(l.at)],
					JSON.stringify({ FirstName: l.firstName, LastName: l.lastName, Email: l.email, Phone: l.phone, Company: l.company }),
					...[l.note, 'AzureMarketplace', l.offer, `product-${i % 7}`],
				]),
			),
		),
	'Salesforce, American dates': (leads) =>
		Buffer.from(
			csv(
				[
					'First Name',
					'Last Name',
					'Title',
					'Company / Account',
					'Email',
					'Phone',
					'Lead Source',
					'Created Date',
					'Description',
					'Lead Owner',
				],
				leads.map((l) => [
					l.firstName,
					l.lastName,
					'Esquire',
					l.company,
					l.email,
					l.phone,
					`AzureMarketplace-INS|contoso.${l.offer}`,
					american(l.at),
					l.note,
					'Grace',
				]),
			),
		),
	'HubSpot, sep= and empty columns': (leads) =>
		Buffer.from(
			`sep=;\r\n${csv(
				['Record ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Create Date', 'Company Name', 'Product', 'Job Title', ''],
				leads.map((l, i) => [
					String(i),
					l.firstName,
					l.lastName,
					l.email,
					l.phone,
					iso(l.at).slice(0, 16).replace('T', ' '),
					l.company,
					l.offer,
					'',
					'',
				]),
				';',
			)}`,
		),
	'a workbook': async (leads) =>
		Buffer.from(
			await writeXlsx([
				[{ value: 'Leads of Contoso' }],
				['LeadCreationDateTime', 'First Name', 'Last Name', 'Email', 'Phone', 'Offer', 'Notes'].map((value) => ({ value })),
				...leads.map((l) => [
					{ value: new Date(l.at), type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
					...[l.firstName, l.lastName, l.email].map((value) => ({ value })),
					{ value: Number(l.phone.replace(/\D/g, '')) },
					...[l.offer, l.note].map((value) => ({ value })),
				]),
			] as never).toBuffer(),
		),
};
