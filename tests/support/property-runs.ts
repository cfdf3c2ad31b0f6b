/** How often a property is tried: `FAST_CHECK_RUNS` for the long form. */
export const propertyRuns = { numRuns: Number(process.env.FAST_CHECK_RUNS ?? '') || 500 };
