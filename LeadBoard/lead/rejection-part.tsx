/** @jsxImportSource hono/jsx */
import type { JournaledRejection } from '../../shared/journal/entries.ts';
import { issueText } from '../../shared/operate/export/export-found.ts';
import { ActForm } from '../acts/act-pages.tsx';
import { Time } from '../frame/layout.tsx';

interface RejectionProps {
	rejection: JournaledRejection;
	payload: string;
	now: number;
	mayAct: boolean;
}

/** A payload that could not be read as a lead. */
export const RejectionPart = ({ rejection, payload, now, mayAct }: RejectionProps) => {
	const { id, receivedAt, status, issues, closedAt, closedBy, closedNote, contentType, contentEncoding } = rejection;
	return (
		<>
			<div class="head">
				<h1>Rejected payload</h1>
				<span class="chips">
					<span class={`chip ${closedAt === undefined ? 'parked' : ''}`}>{closedAt === undefined ? 'open' : 'closed'}</span>
				</span>
			</div>
			<div class={closedAt === undefined ? 'alarm' : 'said'}>
				<strong>It could not be read as a lead, and its sender was answered {status}.</strong>
				<ul class="results">
					{issues.map((issue) => (
						<li dir="auto">{issueText(issue)}</li>
					))}
				</ul>
			</div>
			{mayAct && (
				<section class="card" aria-label="What can be done">
					<div class="acts">
						<ActForm wish={{ ids: [id], again: false, action: 'replay' }} label="Read it again" isFirst />
						<ActForm wish={{ ids: [id], again: false, action: 'erase' }} label="Erase …" isDanger />
					</div>
					{closedAt === undefined && <ActForm wish={{ ids: [id], again: false, action: 'close' }} label="Close" hasNote />}
				</section>
			)}
			<section class="card" aria-label="Facts">
				<dl class="facts">
					<dt>Received</dt>
					<dd>
						<Time at={receivedAt} now={now} exact />
					</dd>
					{closedAt !== undefined && (
						<>
							<dt>Closed</dt>
							<dd>
								<Time at={closedAt} now={now} exact />
								{closedBy !== undefined && (
									<>
										{' '}
										by <code>{closedBy}</code>
									</>
								)}
								{closedNote !== undefined && (
									<span class="sub" dir="auto">
										{closedNote}
									</span>
								)}
							</dd>
						</>
					)}
					{contentType && (
						<>
							<dt>Content type</dt>
							<dd dir="auto">{contentType}</dd>
						</>
					)}
					{contentEncoding && (
						<>
							<dt>Encoding</dt>
							<dd dir="auto">{contentEncoding}</dd>
						</>
					)}
					<dt>Id</dt>
					<dd>
						<code>{id}</code>
					</dd>
				</dl>
			</section>
			<Payload text={payload} />
		</>
	);
};

/** As it was posted: a click away, because it is what people said of themselves. */
export const Payload = ({ text }: { text: string }) => (
	<section class="card" aria-label="Payload">
		<details>
			<summary>Payload as posted</summary>
			<section class="scroll" tabindex={0} aria-label="Payload as posted">
				<pre>{text}</pre>
			</section>
		</details>
	</section>
);
