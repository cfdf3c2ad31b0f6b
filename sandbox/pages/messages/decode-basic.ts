const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };

/** The few characters that services want to have escaped, as they are shown. */
export const decodeBasic = (text: string): string => text.replace(/&(lt|gt|amp|quot|#39);/g, (whole, name: string) => signs[name] ?? whole);
