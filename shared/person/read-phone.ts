import { isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Lead } from '../lead/lead.ts';
import { personName } from '../lead/lead-words.ts';
import { toCountryCode } from './countries.ts';

/** A phone number as it is shown and dialled. */
export interface Phone {
	/** `+44 20 7123 4567` where that is certain; otherwise as it came. */
	shown: string;
	/** `+442071234567` where that is certain; otherwise the digits that came. Absent for what is not one phone number. */
	dialled?: string;
}

/**
 * A lead's phone number; undefined when it has none. The marketplace sends digits alone, country code and no plus. A plus before a national number would
 * call someone else, so it is only there when it came (`+` or, where it is dialled so, `00` or `+00`), or when
 *
 * - the number with a plus is valid, and of the lead's country: of its country code, as the United States and Canada, or Kazakhstan and Russia, share one;
 * - and reading it as someone in that country would dial it gives the same number. The library alone is no oracle: 4917112345678 from Germany is "valid"
 *   for it as +49 4917112345678. Such a number stays as it came, as do national ones.
 *
 * What is shown dials what came: of the digits only a `00` for the plus, and the zero in `+44 (0)20 …`, may be left out.
 */
export function readPhone(lead: Pick<Lead, 'phone' | 'country'>): Phone | undefined {
	if (!known.has(lead)) known.set(lead, read(lead));
	return known.get(lead);
}

/** Of each lead once: a mail and a record together ask six times, and nothing else costs as much in composing them. Gone with the lead. */
const known = new WeakMap<object, Phone | undefined>();

function read({ phone, country }: Pick<Lead, 'phone' | 'country'>): Phone | undefined {
	if (phone === undefined) return undefined;
	const written = readWritten(phone);
	if (!written) return { shown: phone };
	const number = readNumber(written, country);
	const extension = written.extension ? ` ext. ${written.extension}` : '';
	if (number) return { shown: number.formatInternational() + extension, dialled: number.number };
	const dialled = asItCame(written);
	return { shown: phone, ...(dialled && { dialled }) };
}

/** Who it is; of someone who left a phone number alone, the number as it is shown. */
export function shownName(lead: Lead): string | undefined {
	const phone = readPhone(lead)?.shown;
	return personName({ ...lead, ...(phone && { phone }) });
}

/** A number's parts; `digits` are those behind the prefix. */
interface Written {
	/** `+00`: both, one of them too many. */
	prefix: '+' | '00' | '+00' | '';
	digits: string;
	/** Without the zero of `+44 (0)20 …`. */
	withoutZero: string;
	/** Not dialled. */
	extension?: string | undefined;
}

const longest = 60;
const pattern = /^(\+\s*00|\+|00)?([\d\s()./-]+?)\s*(?:[,;]?\s*(?:extension|extn?\.?|x|#)\s*[.:=]?\s*(\d{1,7}))?$/i;

/** Undefined for what is not one number: a word in it, or two numbers in one field. */
function readWritten(phone: string): Written | undefined {
	if (phone.length > longest) return undefined;
	const [, prefix = '', number = '', extension] = pattern.exec(inPlainSigns(phone)) ?? [];
	const parts = number.split(/[/\n]/).map(digitsOf);
	if (number === '' || parts.filter((part) => part.length >= shortestNumber).length > 1) return undefined;
	// Only behind a country code: before all other digits it is a national number's.
	const withoutZero = digitsOf(number.replace(/^(\D*\d.*?)\(0\)/s, '$1'));
	return { prefix: prefix.replace(/\s/g, '') as Written['prefix'], digits: digitsOf(number), withoutZero, extension };
}

/** Of two numbers each has so many digits; an area code has fewer. */
const shortestNumber = 7;

const digitsOf = (text: string) => text.replace(/\D/g, '');

/**
 * Fullwidth signs, Arabic digits and the many hyphens as those of ASCII. Without the marks that cannot be seen (a number copied from a phone's contacts has
 * those of direction), without `tel:`, and without the brackets of `(+44) 20 …`.
 */
const inPlainSigns = (text: string) =>
	text
		.normalize('NFKC')
		.replace(/\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, '')
		.replace(/^\s*(?:tel:)?\s*/i, '')
		.replace(/^\((\+|00)([\d ]{1,5})\)/, '$1$2 ')
		.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
		.replace(/[\u2010-\u2015\u2212]/g, '-');

function readNumber(written: Written, country: string | undefined): PhoneNumber | undefined {
	const found = [written.digits, written.withoutZero].map((digits) => readDigits(digits, written, country));
	return found.find((number) => number !== undefined);
}

function readDigits(digits: string, { prefix, withoutZero }: Written, country: string | undefined): PhoneNumber | undefined {
	const number = parsePhoneNumberFromString(`+${digits}`);
	const dialled = number?.number.slice(1);
	if (!number?.isValid() || (dialled !== digits && dialled !== withoutZero)) return undefined;
	if (prefix === '+') return number;
	const code = country === undefined ? undefined : toCountryCode(country);
	if (code === undefined || !isSupportedCountry(code)) return undefined;
	const national = parsePhoneNumberFromString(prefix.replace('+', '') + digits, code);
	// Without a prefix the national reading has the country's own code, and then the number has it too.
	return national?.number === number.number ? number : undefined;
}

/**
 * E.164 has 15 digits at most; a prefix comes before them. Not with a plus before what is no country code (a zero is the beginning of none): phones make of it
 * what they like. Nor behind three zeros, which begin no number and call for help in Australia.
 */
function asItCame({ prefix, digits, withoutZero }: Written): string | undefined {
	const dialled = prefix + (prefix === '+' ? withoutZero : digits);
	if (prefix === '+00' || dialled.startsWith('000')) return undefined;
	if (prefix === '+' && !parsePhoneNumberFromString(dialled)) return undefined;
	return /^\+?\d{5,17}$/.test(dialled) ? dialled : undefined;
}
