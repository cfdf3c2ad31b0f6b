/**
 * How often a property is tried, with other values each time. `FAST_CHECK_RUNS=10000 npm test -- property` is the long form: for a change of what a property
 * speaks of.
 */
export const propertyRuns = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? '') || 100 };
