import { ok, warning } from '../basics/check-line.ts';
import type { Check } from './check.ts';

const check = 'board';

/** Whether anyone can be let in to the board. Who is, only a look from outside can tell (`--board`). */
export const checkBoard: Check = ({ environment, settings }) => {
	const named = ['BOARD_CLIENT_ID', 'BOARD_TENANT_ID'].filter((name) => environment[name]?.trim());
	if (!settings.board)
		return named.length === 0
			? [ok(check, 'The board is closed: no sign-in is configured for it.')]
			: [
					warning(
						check,
						'The board is closed: BOARD_CLIENT_ID and BOARD_TENANT_ID are not both set and right.',
						'Deploy with signInClientId, which sets both, or remove them. See docs/board.md.',
					),
				];
	const isInAzure = environment.WEBSITE_SITE_NAME !== undefined;
	if (isInAzure && environment.WEBSITE_AUTH_ENABLED?.trim().toLowerCase() !== 'true')
		return [
			warning(
				check,
				'The board is closed: sign-in (App Service Authentication) is off for this app.',
				'Deploy with signInClientId, or portal: the function app > Settings > Authentication.',
			),
		];
	return [ok(check, 'The board is open to people who have signed in and have one of its roles.')];
};
