/** How often a property is tried, with other values each time. `FAST_CHECK_RUNS=500 npm test` is the long form, which every release has passed. */
export const propertyRuns = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? '') || 100 };
