export type Level = 'ok' | 'warning' | 'failure';

/** What one look has found. Never holds a value of a setting, a token or a word of a lead. */
export interface CheckLine {
	/** What was looked at: `storage`, `mailbox`. */
	check: string;
	/** `failure`: a delivery (or the intake) cannot work. `warning`: it works, but not as was meant, or it cannot be told. */
	level: Level;
	message: string;
	/** The one thing to do: a command, or where in a portal. */
	next?: string;
}

/** For what one live check asks; milliseconds. */
export const checkTimeoutMs = 8000;

export const ok = (check: string, message: string): CheckLine => ({ check, level: 'ok', message });
export const warning = (check: string, message: string, next: string): CheckLine => ({ check, level: 'warning', message, next });
export const failure = (check: string, message: string, next: string): CheckLine => ({ check, level: 'failure', message, next });
