import { openKinds } from '../../shared/destinations/destination-kinds.ts';
import { type ServiceName, serviceNames } from '../sandbox-env.ts';

/** The services that the app calls in this sandbox: those to whose stand-in a setting leads. `url` is the sandbox's origin. */
export function servicesCalled(settings: Record<string, string | undefined>, url: string): ServiceName[] {
	const isHere = (address = '') => URL.canParse(address) && new URL(address).origin === url;
	const called = openKinds(settings).flatMap(({ standIn }) => (isHere(settings[standIn.setting]) ? [standIn.name] : []));
	return serviceNames.filter((name) => called.includes(name));
}
