/** @jsxImportSource hono/jsx */
import { cooldownReasons } from '../../shared/delivery/cooldown.ts';
import { ActForm } from '../acts/act-pages.tsx';
import { Time } from '../frame/layout.tsx';
import type { Count, Today } from './read-today.ts';
import { toTodo } from './to-todo.ts';

const counted = ({ count, more }: Count) => `${count.toLocaleString('en')}${more ? '+' : ''}`;

/** The first page: what a person must do, then what is going on. */
export const TodayPage = ({ today, mayAct }: { today: Today; mayAct: boolean }) => {
	const { now, lastDay, destinations, latest } = today;
	const todo = toTodo(today);
	const of = (count: number): Count => ({ count, more: lastDay.more });
	return (
		<>
			<div class="head">
				<h1>Today</h1>
				<p class="muted small">
					{latest === undefined ? (
						'No lead has been received yet.'
					) : (
						<>
							Last lead received <Time at={latest} now={now} />.
						</>
					)}
				</p>
			</div>
			<section aria-labelledby="todo">
				<h2 id="todo">To do</h2>
				{todo.length === 0 ? (
					<p class="calm">
						<svg viewBox="0 0 20 20" aria-hidden="true">
							<path
								d="M4 10.5l4 4 8-9"
								fill="none"
								stroke="currentColor"
								stroke-width="2.2"
								stroke-linecap="round"
								stroke-linejoin="round"
							/>
						</svg>
						Nothing waits for you.
					</p>
				) : (
					<ul class="todo">
						{todo.map(({ what, how, href, link, isBad }) => (
							<li class={isBad ? 'bad' : undefined}>
								<span class="text">
									<strong>{what}</strong>
									{how}
								</span>
								{href && (
									<a class="button" href={href}>
										{link}
									</a>
								)}
							</li>
						))}
					</ul>
				)}
			</section>
			<section aria-labelledby="day">
				<h2 id="day">Leads of the last 24 hours</h2>
				<div class="tiles">
					<a class="tile" href="/board/leads?since=P1D">
						<b>{counted(of(lastDay.received))}</b>
						<span>received</span>
					</a>
					<div class="tile">
						<b>{counted(of(lastDay.delivered))}</b>
						<span>delivered</span>
					</div>
					<div class="tile">
						<b>{counted(of(lastDay.waiting))}</b>
						<span>waiting</span>
					</div>
					<div class="tile">
						<b>{counted(of(lastDay.parked))}</b>
						<span>parked</span>
					</div>
					<div class="tile">
						<b>{counted(of(lastDay.kept))}</b>
						<span>for the journal only</span>
					</div>
				</div>
			</section>
			<section aria-labelledby="destinations">
				<h2 id="destinations">Destinations</h2>
				<div class="table">
					<table class="stack">
						<thead>
							<tr>
								<th scope="col">Destination</th>
								<th scope="col">State</th>
								<th scope="col" class="num">
									Waiting
								</th>
								<th scope="col">Oldest</th>
								{mayAct && (
									<th scope="col">
										<span class="hidden">Action</span>
									</th>
								)}
							</tr>
						</thead>
						<tbody>
							{destinations.map(({ name, isRemoved, waiting, oldest, cooldown }) => (
								<tr>
									<th scope="row">{name}</th>
									<td>
										{isRemoved ? (
											<span class="chip parked">no setting names it</span>
										) : cooldown ? (
											<>
												<span class="chip parked">paused</span> until <Time at={cooldown.until} now={now} exact />
												<span class="sub">
													{cooldownReasons[cooldown.why] ?? cooldown.why} ({cooldown.code})
												</span>
											</>
										) : (
											<span class="chip delivered">working</span>
										)}
									</td>
									<td class="num" data-label="Waiting">
										{waiting.count > 0 ? (
											<a href={`/board/leads?state=pending&destination=${encodeURIComponent(name)}`}>{counted(waiting)}</a>
										) : (
											'0'
										)}
									</td>
									<td data-label="Oldest">
										{oldest === undefined ? (
											'–'
										) : (
											<>
												received <Time at={oldest} now={now} />
											</>
										)}
									</td>
									{mayAct && (
										<td>
											{!isRemoved && (waiting.count > 0 || (cooldown && cooldown.why !== 'heldBack')) && (
												<ActForm
													wish={{ action: 'retry', ids: [], again: false, destination: name }}
													label={waiting.count > 0 ? 'Try now' : 'End the pause'}
												/>
											)}
										</td>
									)}
								</tr>
							))}
						</tbody>
					</table>
				</div>
			</section>
		</>
	);
};
