import fc from 'fast-check';

const surrogates = { from: 0xd800, count: 0x800 };

/**
 * Any Unicode character: the unit of `fc.string({ unit: 'binary' })`, without the table of all 1.1 million of them that fast-check makes to shrink by, in each
 * test file anew: half a second.
 */
export const codePoint = fc.nat(0x10ffff - surrogates.count).map(
	(index) => String.fromCodePoint(index < surrogates.from ? index : index + surrogates.count),
	(text) => {
		const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
		if (code === undefined || String.fromCodePoint(code) !== text || !text.isWellFormed()) throw new Error('not one character');
		return code < surrogates.from ? code : code - surrogates.count;
	},
);
