import type { Cuttable } from '../drill/drill.ts';
import { lengths, nameOf, stateText, steps } from '../drill/drill-text.ts';
import { exactTime } from './time-text.ts';
import './drill.css';

/** Presses a button of the drill; what comes of it is told by the next state. */
const press = (fields: Record<string, string>) => void fetch('/drill', { method: 'POST', body: new URLSearchParams(fields) });

const Cut = ({ cuttable }: { cuttable: Cuttable }) => {
	const { service, until } = cuttable;
	const label = `length-${service}`;
	return (
		<li class={until === undefined ? 'cut' : 'cut on'}>
			<form
				method="post"
				action="/drill"
				onSubmit={(event) => {
					event.preventDefault();
					const seconds = new FormData(event.currentTarget).get('seconds');
					press({ service, ...(seconds === null ? { end: 'now' } : { seconds: String(seconds) }) });
				}}
			>
				<p>{stateText(cuttable, exactTime)}</p>
				<div class="acts">
					{until === undefined ? (
						<>
							<label for={label} class="hidden">
								How long {nameOf(service)}
							</label>
							<select id={label} name="seconds">
								{lengths.map(([seconds, words]) => (
									<option key={seconds} value={seconds}>
										{words}
									</option>
								))}
							</select>
							<button type="submit">Cut off {nameOf(service)}</button>
						</>
					) : (
						<button type="submit">End it now</button>
					)}
				</div>
			</form>
		</li>
	);
};

/** What the app does while a service is away, for whoever wants to see it. */
export const DrillButtons = ({ drill, boardUrl }: { drill: Cuttable[]; boardUrl: string | undefined }) =>
	drill.length === 0 ? null : (
		<section class="drill" aria-labelledby="drill">
			<h2 id="drill">Outage drill</h2>
			<p>
				See that no lead is lost while a service is away.
				{boardUrl && (
					<>
						{' '}
						Watch it on the <a href={boardUrl}>board</a>.
					</>
				)}
			</p>
			<ul class="cuts">
				{drill.map((cuttable) => (
					<Cut key={cuttable.service} cuttable={cuttable} />
				))}
			</ul>
			<ol class="steps">
				{steps.map((step) => (
					<li key={step}>{step}</li>
				))}
			</ol>
		</section>
	);
