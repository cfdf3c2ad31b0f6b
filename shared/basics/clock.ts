/** Milliseconds since the epoch, UTC. A parameter everywhere, so that tests own the time. */
export type Clock = () => number;
