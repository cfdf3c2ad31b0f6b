/** Milliseconds since the epoch, from it to the last time that a `Date` can hold. */
export const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 8.64e15;
