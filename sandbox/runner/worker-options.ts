import type { SignIn } from './sign-in.ts';

/** What a worker is started with; its app settings are its environment. */
export interface WorkerOptions {
	/** Folder of the app: its package.json names what is loaded, its host.json how it is driven. */
	app: string;
	/** Where keys and the state of timers are kept. */
	data: string;
	/** 0 picks a free one. */
	port: number;
	/** For how long a queue message stays hidden when its worker dies. */
	leaseSeconds: number;
	/** For how long a request without an answer is kept open; the 230 seconds after which Azure's load balancer ends it. */
	unansweredMs?: number;
	/** Who is taken for signed in; absent: sign-in is off. */
	signIn?: SignIn;
}
