import type { Cooldown } from './cooldown.ts';

/** Why a destination cools down, for people; other words may come from a newer version's row. */
export const cooldownReasons: Record<string, string> = {
	asked: 'it asked the app to wait',
	failing: 'several leads in a row failed',
	configuration: 'a setting or a permission is wrong',
	refused: 'several leads in a row were refused for the same reason',
	heldBack: 'the limit of mails per hour is reached',
} satisfies Record<Cooldown['why'], string>;
