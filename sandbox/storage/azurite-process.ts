import { obeyParent, tellParent } from '../children/obey-parent.ts';
import { type StorageService, toConnectionString } from './connection-string.ts';
import { openAzurite } from './open-azurite.ts';
import { takeFolder } from './take-folder.ts';

/** The child process that `startStorage` starts. Stopped gently always: killed, Azurite loses the last five seconds. */
const { folder, services, inMemory } = JSON.parse(process.argv[2] ?? '{}') as {
	folder: string;
	services: StorageService[];
	inMemory?: boolean;
};

try {
	const leave = await takeFolder(folder);
	const servers = services.map((service) => ({ service, server: openAzurite(service, { folder, inMemory }) }));
	obeyParent(async () => {
		await Promise.all(servers.map(({ server }) => server.close()));
		leave();
	}, 10_000);
	await Promise.all(servers.map(({ server }) => server.start()));
	const ports = Object.fromEntries(servers.map(({ service, server }) => [service, server.httpServer.address().port]));
	await tellParent({ kind: 'ready', connectionString: toConnectionString(ports) });
} catch (error) {
	await tellParent({ kind: 'failed', message: `The storage emulator (Azurite) could not start: ${(error as Error).message}` });
	process.exit(1);
}
