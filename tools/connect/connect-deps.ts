import type { Clock } from '../../shared/basics/time.ts';
import type { Terminal } from '../leads/terminal.ts';
import type { AppKeys } from './function-keys.ts';
import type { PartnerCenter } from './partner-center.ts';

/** What every command depends on. */
export interface ConnectDeps {
	center: PartnerCenter;
	terminal: Terminal;
	clock: Clock;
	pause: (ms: number) => Promise<void>;
}

export interface KeyDeps extends ConnectDeps {
	keys: AppKeys;
}
