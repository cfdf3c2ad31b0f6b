import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { StorageService } from './connection-string.ts';

export interface AzuriteServer {
	start: () => Promise<void>;
	close: () => Promise<void>;
	httpServer: { address: () => { port: number } };
}

type Constructor<Result> = new (...parameters: unknown[]) => Result;

/**
 * One of Azurite's servers on a free port of this machine, its data below a folder, or lost with it. Azurite exports nothing: these are internal paths of the version that
 * package.json pins. Their parameters are those of `dist/src/<service>/<Service>Configuration.js`.
 */
export function openAzurite(
	service: StorageService,
	{ folder, inMemory = false }: { folder: string; inMemory?: boolean | undefined },
): AzuriteServer {
	const require = createRequire(join(process.cwd(), 'package.json'));
	leaveOutTelemetry(require);
	const name = service.charAt(0).toUpperCase() + service.slice(1);
	const load = <Result>(what: string) =>
		(require(`azurite/dist/src/${service}/${name}${what}`) as { default: Constructor<Result> }).default;
	const database = (kind: string) => join(folder, `__azurite_db_${service}${kind}__.json`);
	const extents = [{ locationId: 'Default', locationPath: join(folder, `__${service}storage__`), maxConcurrency: 50 }];
	const listen = ['127.0.0.1', 0, 5];
	const noAccessLog = [false, undefined];
	const noDebugLog = [false, undefined];
	const skipApiVersionCheck = [false, true];
	const noCertificate = ['', '', '', undefined, false];
	const Configuration = load<object>('Configuration');
	const configuration =
		service === 'table'
			? new Configuration(...listen, database(''), false, ...noAccessLog, undefined, ...skipApiVersionCheck, ...noCertificate, inMemory)
			: new Configuration(
					...listen,
					database(''),
					database('_extent'),
					extents,
					...noAccessLog,
					...noDebugLog,
					...skipApiVersionCheck,
					...noCertificate,
					inMemory,
				);
	return new (load<AzuriteServer>('Server'))(configuration);
}

/** Azurite's own telemetry, which only its command line turns on, is more than half of the time that loading it takes. */
function leaveOutTelemetry({ cache, resolve }: NodeJS.Require): void {
	const id = resolve('applicationinsights', { paths: [resolve('azurite/dist/src/common/Telemetry')] });
	cache[id] ??= { id, filename: id, loaded: true, exports: {} } as NodeJS.Module;
}
