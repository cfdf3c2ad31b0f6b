/** One wide line: `noun.pastTense` and members that carry ids, durations and codes; never a name, an address, a body or a key. */
export interface LogLine {
	event: string;
	/** What the platform files it under; `info` when absent. */
	level?: 'info' | 'warn' | 'error';
	[member: string]: unknown;
}

export type Log = (line: LogLine) => void;

/** What of `@azure/functions`' InvocationContext a log line is written to. */
interface LogSink {
	log(line: string): void;
	warn(line: string): void;
	error(line: string): void;
}

/** Lines as one JSON string each: an object would be printed by `util.inspect`, over several lines. Never throws. */
export function logTo(sink: LogSink): Log {
	return ({ level = 'info', ...line }) => {
		try {
			const text = JSON.stringify(line);
			if (level === 'error') sink.error(text);
			else if (level === 'warn') sink.warn(text);
			else sink.log(text);
		} catch {
			// A line that cannot be written is not a reason to refuse a lead, or to make an attempt twice.
		}
	};
}
