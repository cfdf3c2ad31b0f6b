/** App settings as the platform gives them. */
export type Environment = Record<string, string | undefined>;
