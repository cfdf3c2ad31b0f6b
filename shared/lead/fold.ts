import { oneLine } from './clean-text.ts';

/** Text as patterns and values are compared: without regard to case and blanks. */
export const fold = (text: string): string => oneLine(text).toLowerCase();
