/** The command line cannot be done as it stands; the message says what is expected. */
export class UsageError extends Error {}
