/** What a column may hold. `contact`: the customer as JSON, as the marketplace's Azure table has it. */
export const fields = [
	...(['time', 'email', 'phone', 'firstName', 'lastName', 'name', 'company', 'country', 'title'] as const),
	...(['offer', 'offerId', 'source', 'action', 'description', 'contact'] as const),
] as const;
export type Field = (typeof fields)[number];

/**
 * Names of columns, best first. Only LeadCreationDateTime (Partner Center) is documented, and the names of Salesforce's web-to-lead; those of the Azure table
 * are reported by publishers; the others are what Salesforce, HubSpot, Dynamics 365 and our own export call them, and translations.
 */
const names: Record<Field, string> = {
	time: `leadcreationdatetime createdtime createddatetime createdon createddate createdate creationdate creationdatetime creationtime leadcreationdate datecreated
		receivedat received receivedon created leadcreated erstelltam erstellt erstellungsdatum erstelldatum datedecreation creele fechadecreacion creadoel
		datadicreazione datadecriacao criadoem aanmaakdatum gemaaktop skapad oprettet datautworzenia 作成日時 作成日 创建时间 创建日期 만든날짜 timestamp`,
	email: `email emailaddress emailaddress1 workemail businessemail primaryemail mail emailid emailadresse adresseemail adressedecourriel adressedemessagerie
		adresseelectronique courriel correoelectronico direcciondecorreoelectronico correo indirizzoemail indirizzodipostaelettronica postaelettronica enderecodeemail
		emailadres epost epostadress adresemail メールアドレス メール 电子邮件 电子邮件地址 電子郵件 이메일`,
	phone: `phone phonenumber telephone telephonenumber telephone1 businessphone workphone mobilephone mobile tel telefon telefonnummer rufnummer numerodetelephone
		telefono numerodetelefono numeroditelefono telefone telefoon telefoonnummer numertelefonu 電話番号 電話 电话 电话号码 전화번호`,
	firstName: 'firstname givenname forename vorname prenom nombre primernombre nome nomeproprio voornaam fornamn fornavn imie 名 名字 이름',
	lastName:
		'lastname surname familyname nachname familienname nom nomdefamille apellido apellidos cognome sobrenome apelido achternaam efternamn efternavn nazwisko 姓 姓氏 성',
	name: 'fullname name contactname personname vollstandigername nomcomplet nombrecompleto nomecompleto volledigenaam imieinazwisko 氏名 姓名',
	company: `company companyname companyaccount accountname account organization organisation organizationname organisationname firma firmenname unternehmen
		societe entreprise nomdelentreprise empresa nombredelaempresa azienda societa bedrijf bedrijfsnaam foretag 会社名 会社 公司 公司名称 회사`,
	country:
		'country countryregion countrycode countryname address1country land landregion pays paysregion pais paisregion paese paeseareageografica kraj 国 国家 国地域 국가',
	title:
		'jobtitle title position jobposition titel berufsbezeichnung position stellenbezeichnung fonction poste cargo puesto qualifica mansione functie functietitel stanowisko 役職 职位',
	offer: `offertitle offerdisplayname offername offer producttitle productname product solutionname solution angebot angebotsname angebotstitel offre nomdeloffre
		oferta nombredelaoferta offerta nomeofferta aanbieding オファー 产品`,
	offerId: 'offerid productid externalofferid angebotsid',
	source: 'leadsource source leadquelle quelle sourceduprospect origendelcliente origine leadbron',
	action: 'actioncode action leadaction aktionscode aktion codeaction codigodeaccion codiceazione actiecode',
	description:
		'description notes note comments comment message leaddescription beschreibung nachricht bemerkung commentaire commentaires descripcion comentarios descrizione commenti descricao omschrijving opmerking opis 説明 描述',
	contact: 'customerinfo userdetails customerdetails',
};

/** A column's name as it is compared: without case, blanks, signs and accents. */
export const foldName = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '')
		.normalize('NFC');

const byName = new Map<string, { field: Field; rank: number }>();
for (const field of fields)
	for (const [rank, name] of names[field].split(/\s+/).map(foldName).entries()) if (!byName.has(name)) byName.set(name, { field, rank });

/** What other systems put before the name of a lead's column: `UserDetails.Email`, `Lead Email`. */
const prefixes = /^(?:userdetails|customerinfo|customerdetails|leads?|customer|contact|primarycontact|user)(?=.)/;

/** `Created (UTC)`: what is in brackets is of the time, not of the column. */
const zoneBehind = /\s*[([](?:utc|gmt|z|local|date|time|iso)\b[^)\]]*[)\]]\s*$/i;

/** What a column with this name holds; undefined when it is not known. */
export function fieldOf(name: string): { field: Field; rank: number } | undefined {
	// `CreatedTime@type`: the Azure table's export says so of the column beside it.
	if (name.includes('@')) return undefined;
	const folded = foldName(name.replace(zoneBehind, ''));
	const known = byName.get(folded);
	if (known) return known;
	const short = byName.get(folded.replace(prefixes, ''));
	// `Customer Name`, `Lead Title` and `Contact` may be a person's, a company's or an offer's.
	return short && !['name', 'title', 'company', 'description', 'contact'].includes(short.field)
		? { ...short, rank: short.rank + 100 }
		: undefined;
}

/** The fields that a row of texts names, if it is a row of names. */
export function recognised(row: readonly string[]): Set<Field> {
	return new Set(row.flatMap((cell) => (cell.length <= 80 ? (fieldOf(cell)?.field ?? []) : [])));
}
