import type { Cooldown } from './cooldown.ts';

/** Why a destination rests, for people; other words may come from a newer version's row. */
export const cooldownReasons: Record<string, string> = {
	asked: 'it asked for it',
	failing: 'leads in a row failed',
	configuration: 'a setting or a permission is wrong',
	refused: 'leads in a row were refused alike',
	heldBack: 'the mails of this hour are used up',
} satisfies Record<Cooldown['why'], string>;
