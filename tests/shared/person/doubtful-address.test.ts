import { describe, expect, it } from '@jest/globals';
import { doubtfulAddress } from '../../../shared/person/doubtful-address.ts';

describe('an e-mail address', () => {
	it.each([
		'ada.lovelace@example.com',
		"o'neill+x@example.co.uk",
		'müller@example.de',
		'a@müller.de',
		'søren.æbleskov@blåbærgrød.dk',
		'łukasz@żółw.pl',
		'đorđe@example.rs',
		'nguyễn@example.vn',
		'почта@пример.рф',
		'соса@пример.рф',
		'иван@yandex.example',
		'иван.petrov@example.com',
		'αννα@παράδειγμα.ελ',
		'γιώργος@example.gr',
		'用户@例え.jp',
		'ユーザー@例え.jp',
		'tanakaさん@例え.jp',
		'사용자@example.kr',
		'משתמש@דוגמה.co.il',
		'مستخدم@مثال.السعودية',
		'उपयोगकर्ता@उदाहरण.भारत',
		'ผู้ใช้@ตัวอย่าง.ไทย',
		'ışık@ışık.com.tr',
		'ırmak@ırmak.com.tr',
		'info@col·legi.cat',
		'no address at all',
		'Zoë',
	])('of letters of one script is not doubtful: %s', (text) => {
		expect(doubtfulAddress(text)).toBeUndefined();
	});

	it.each([
		['ada@exa\u200dmple.com', 'cannot be seen'],
		['a\u00adda@example.com', 'cannot be seen'],
		['ada@example.com\u200b', 'cannot be seen'],
		['\u202eada@example.com', 'cannot be seen'],
		['ada\u00a0@example.com', 'cannot be seen'],
		['a\u034fda@example.com', 'cannot be seen'],
		['ada\ufe0f@example.com', 'cannot be seen'],
		['ada\u3164@example.com', 'cannot be seen'],
		['ada\u2800@example.com', 'cannot be seen'],
		['аda@contoso.com', 'more than one script'], // Cyrillic а
		['ada@cоntoso.com', 'more than one script'], // Cyrillic о
		['ada@contοso.com', 'more than one script'], // Greek ο
		['ada@contoso.cоm', 'more than one script'],
		['ada@соntoso.рф', 'more than one script'],
		['ada@coոtoso.com', 'more than one script'], // Armenian
		['ada@contoso٥.com', 'more than one script'],
		['ada@ᏟᎪᎡ.com', 'a rare one'],
		['ada@аррӏе.com', 'look like others'], // Cyrillic throughout
		['соса@example.com', 'look like others'],
		['ada@СОСА.com', 'look like others'],
		['ada@ρουρα.com', 'look like others'],
		['ada@mıcrosoft.com', 'look like others'],
		['ada@ɡooɡle.com', 'look like others'],
		['ada@ᴄontoso.com', 'look like others'],
		['ada@ｃontoso.com', 'look like others'],
		['𝐚da@example.com', 'look like others'],
		['ada＠example.com@x.com', 'look like others'],
		['ada@example。com', 'look like others'],
		['ada@example․com', 'look like others'],
		['ada@contoso.com⁄x.example', 'look like others'],
		['ada@contoso\u0338.com', 'look like others'],
		['ada@i❤.example', 'look like others'],
	])('is doubtful: %s %s', (text, why) => {
		expect(doubtfulAddress(text)?.why).toContain(why);
		expect(doubtfulAddress(text)?.plain).toMatch(/^[!-~]+$/);
	});

	it.each([
		['ada@cоntoso.com', 'ada@xn--cntoso-wqf.com'],
		['аda@contoso.com', '{U+0430}da@contoso.com'],
		['ada@conto\u200dso.com', 'ada@conto{U+200D}so.com'],
		['ada@ｃontoso.com', 'ada@contoso.com'],
	])('is shown in plain characters: %s as %s', (text, plain) => {
		expect(doubtfulAddress(text)?.plain).toBe(plain);
	});
});
