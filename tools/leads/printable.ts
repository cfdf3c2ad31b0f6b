import { stripVTControlCharacters } from 'node:util';
import { clean } from '../../shared/lead/clean-text.ts';

/** Foreign text as it may be shown in a terminal: without escape sequences, controls and what reverses or hides text. Line breaks stay. */
export const printable = (text: string): string => clean(stripVTControlCharacters(text)).replaceAll('\t', ' ');

/** The same on one line. */
export const printableLine = (text: string): string => printable(text).replace(/\s+/g, ' ');
