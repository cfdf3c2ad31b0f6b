import type { SettingIssue, Settings } from './settings.ts';
import { usedDestinations } from './used-destinations.ts';

/** Whether leads wait until this is fixed; otherwise a default serves meanwhile, or nothing that is used depends on it. */
export function holdsBack({ setting, blocks }: SettingIssue, settings: Pick<Settings, 'destinations' | 'routes'>): boolean {
	const used = usedDestinations(settings);
	return setting === 'LEAD_DESTINATIONS' || setting === 'AzureWebJobsStorage' || blocks.some((name) => used.has(name));
}
