import isEmail from 'validator/lib/isEmail.js';

/** Whether a text is an e-mail address. The library throws at half a surrogate pair, which JSON can bring as `\\ud800`. */
export const address = (text: string): boolean => text.isWellFormed() && isEmail.default(text);
