import { progressBar } from '../leads/progress-bar.ts';
import { ApiFailure } from './call-api.ts';
import type { ConnectDeps } from './connect-deps.ts';
import { nextStep, type Wanted } from './next-step.ts';
import { readOffer } from './offer-state.ts';
import type { Job, Product } from './partner-center.ts';

/** How far an offer came. */
export type Ending = { offer: Product; end: 'done' | 'left' | 'failed' | 'under way'; why?: string };

const firstPauseMs = 5000;
const longestPauseMs = 60_000;
/** Of one offer, in a row; what Partner Center refuses because it is busy is not one. */
const mostFailures = 5;

const verbs = { set: 'its draft is being changed', preview: 'it is being published to preview', live: 'it is being published' };

/** What is under way with one offer. */
interface Course {
	offer: Product;
	wanted: Wanted;
	job?: Job;
	/** What is said of it now. */
	said?: string;
	failures: number;
	ending?: Ending;
}

/**
 * Brings offers to where they are wanted, all side by side: reads each, does its next step, follows its job, reads it again. Nothing is remembered but the jobs
 * under way: whoever stops this and starts it again goes on from what there is.
 *
 * @param waits whether jobs are followed to their end; otherwise each offer's next step is only begun
 */
export async function bringOffers(
	plans: readonly { offer: Product; wanted: Wanted }[],
	{ waits }: { waits: boolean },
	deps: ConnectDeps,
): Promise<Ending[]> {
	const courses = plans.map((plan): Course => ({ ...plan, failures: 0 }));
	for (let round = 0; ; round++) {
		for (const course of courses) if (!course.ending) await advance(course, { waits }, deps);
		const left = courses.filter(({ ending }) => !ending);
		deps.terminal.progress(progressBar(courses.length - left.length, courses.length, left[0]?.said ?? ''));
		if (left.length === 0) break;
		await deps.pause(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(round, 10)));
	}
	deps.terminal.progress('');
	return courses.flatMap(({ ending }) => ending ?? []);
}

async function advance(course: Course, { waits }: { waits: boolean }, deps: ConnectDeps): Promise<void> {
	const { offer, wanted } = course;
	const end = (ending: Omit<Ending, 'offer'>) => {
		course.ending = { offer, ...ending };
	};
	try {
		if (course.job && !(await hasEnded(course, deps))) return;
		const step = nextStep(await readOffer(offer, deps.center), wanted);
		switch (step.kind) {
			case 'done':
				return end({ end: 'done' });
			case 'left':
				return end({ end: 'left', why: step.why });
			case 'wait':
				if (!waits) return end({ end: 'under way', why: step.why });
				return say(course, step.why, deps);
			default:
				say(course, verbs[step.kind], deps);
				course.job = await deps.center.configure(step.resource);
				// A change of the draft takes seconds, and the publication needs it.
				if (!waits && step.kind !== 'set') return end({ end: 'under way', why: verbs[step.kind] });
		}
		course.failures = 0;
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		if (error.status === 401 || error.status === 403) throw error;
		// What is not known to be done is read in the next round.
		if (isBusy(error)) return say(course, 'Partner Center is busy with it', deps);
		if (++course.failures >= mostFailures) return end({ end: 'failed', why: error.message });
		say(course, error.message, deps);
	}
}

/** Whether the job of an offer is over; one that failed ends its offer's course. */
async function hasEnded(course: Course, { center }: ConnectDeps): Promise<boolean> {
	const job = course.job && (await center.job(course.job.id));
	if (!job?.isOver) return false;
	delete course.job;
	if (job.succeeded) return true;
	const text = job.errors.join('; ') || 'no reason was told';
	if (busy.test(text)) return true;
	course.ending = { offer: course.offer, end: 'failed', why: `Partner Center refused: ${text}` };
	return false;
}

/** Jobs of one offer do not run side by side; how a second is refused is not documented. */
const busy = /in progress|already running|is running|being published|conflict/i;
const isBusy = ({ status, code, message }: ApiFailure) =>
	status === 409 || status === 423 || (status === 400 && busy.test(`${code} ${message}`));

function say(course: Course, what: string, { terminal }: ConnectDeps): void {
	if (course.said === what) return;
	course.said = what;
	terminal.note(`${course.offer.externalId}: ${what}`);
}
