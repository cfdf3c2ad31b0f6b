import isEmail from 'validator/lib/isEmail.js';

/**
 * Whether a text is an e-mail address. The library throws at half a surrogate pair, which JSON can bring as `\\ud800`, and takes what is not seen (U+200B,
 * U+3000) for a letter.
 */
export const address = (text: string): boolean => text.isWellFormed() && !/[\p{Z}\p{C}]/u.test(text) && isEmail.default(text);
