import { BlockList, isIP } from 'node:net';
import type { SettingProblem } from '../../../delivery/destination-kind.ts';
import type { AddressRange } from '../webhook-settings.ts';

/**
 * What no setting opens: this machine, link-local addresses with the metadata services of clouds, multicast, and Azure's own platform address.
 *
 * https://www.iana.org/assignments/iana-ipv4-special-registry, https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const never: readonly AddressRange[] = [
	['0.0.0.0', 8],
	['127.0.0.0', 8],
	['168.63.129.16', 32],
	['169.254.0.0', 16],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 4],
	['240.0.0.0', 4],
	['::', 127],
	['fe80::', 10],
	['fec0::', 10],
	['ff00::', 8],
	['fd00:ec2::', 32], // Amazon's metadata service
];
const neverDialled = listOf(...never);

/** Private ones: a setting may open them. */
const mayBeOpened: readonly AddressRange[] = [
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['fc00::', 7],
];
const privateOnes = listOf(...mayBeOpened);

/** Within the addresses of the public internet: those that lead to other ones (Teredo, 6to4, ORCHID), and those of documentations. */
const specialGlobal = listOf(['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]);
/** All that IPv6 has given out; what is elsewhere (NAT64, IPv4 in IPv6, local ones) is not of the public internet. */
const global = listOf(['2000::', 3]);

const loopback = listOf(['127.0.0.0', 8], ['::1', 128]);

/** Which addresses an endpoint may be at. */
export interface AddressRules {
	/** Address ranges that are private and may be called all the same. */
	privateNetworks: readonly AddressRange[];
	/** The endpoint is on one's own machine: then it is nowhere else. */
	loopback: boolean;
}

/** Whether an address must not be called; what is no address either. */
export function forbiddenBy({ privateNetworks, loopback: onThisMachine }: AddressRules): (address: string) => boolean {
	const opened = listOf(...privateNetworks);
	return (address) => {
		const family = isIP(address);
		if (family === 0 || address.includes('%')) return true;
		const isIn = (list: BlockList) => list.check(address, family === 4 ? 'ipv4' : 'ipv6');
		if (onThisMachine) return !isIn(loopback);
		if (isIn(neverDialled)) return true;
		if (isIn(opened) && isIn(privateOnes)) return false;
		if (isIn(privateOnes) || isIn(specialGlobal)) return true;
		// An IPv4 address in the form of IPv6 (::ffff:…) is no address of IPv6's own.
		return family === 6 && !isIn(global);
	};
}

/** What is doubtful in WEBHOOK_PRIVATE_NETWORKS: a range without a private address, or of such as are never called. */
export function doubtNetworks(networks: readonly AddressRange[]): SettingProblem[] {
	return networks.flatMap((network, index) => {
		const opens = mayBeOpened.some((range) => holds(range, network) || holds(network, range));
		if (opens && !never.some((range) => holds(range, network))) return [];
		const problem = `holds a range (number ${index + 1}) that opens nothing: its addresses are public, or are never called (this machine, link-local addresses, those of Azure itself)`;
		return [{ setting: 'WEBHOOK_PRIVATE_NETWORKS', problem }];
	});
}

/** Whether a range holds all of another. */
const holds = (range: AddressRange, [address, bits]: AddressRange) =>
	isIP(range[0]) === isIP(address) && range[1] <= bits && listOf(range).check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

function listOf(...ranges: readonly AddressRange[]): BlockList {
	const list = new BlockList();
	for (const [address, bits] of ranges) list.addSubnet(address, bits, address.includes(':') ? 'ipv6' : 'ipv4');
	return list;
}
