/** What makes the pages better where scripts run; every page works without. Uses nothing from outside itself: it is sent as text. */
export function boardScript(): void {}
