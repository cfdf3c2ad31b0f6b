/** @jsxImportSource hono/jsx */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { relativeText, timeText } from '../../shared/operate/time-words.ts';
import type { Person } from '../gate/judge-principal.ts';
import { files } from './files.ts';

export interface Frame {
	/** Of the page; never a word of a lead's: it is in the browser's history. */
	title: string;
	current?: 'today' | 'leads' | 'charts' | 'rejected';
	person: Person;
	children?: Child;
}

const icon = `data:image/svg+xml,${encodeURIComponent(
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f6cbd"/><path d="M7 11l9 7 9-7M7 10h18v12H7z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/></svg>',
)}`;

const places = {
	today: ['/board', 'Today'],
	leads: ['/board/leads', 'Leads'],
	charts: ['/board/charts', 'Charts'],
	rejected: ['/board/rejected', 'Rejected'],
} as const;

/** A whole page: what all pages have around them. */
export const Layout = ({ title, current, person, children }: Frame) =>
	html`<!doctype html>${(
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>{title} · Lead board</title>
				<link rel="icon" href={icon} />
				<link rel="stylesheet" href={files.style.path} />
				<script type="module" src={files.script.path} />
			</head>
			<body>
				<a class="skip" href="#main">
					To the content
				</a>
				<header class="bar">
					<div>
						<a class="brand" href="/board">
							<svg viewBox="0 0 32 32" aria-hidden="true">
								<rect width="32" height="32" rx="8" />
								<path d="M7 11l9 7 9-7M7 10h18v12H7z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round" />
							</svg>
							Lead board
						</a>
						<nav class="main" aria-label="Pages">
							{Object.entries(places).map(([name, [href, label]]) => (
								<a href={href} aria-current={name === current ? 'page' : undefined}>
									{label}
								</a>
							))}
						</nav>
						<span class="who">
							<span class="name" dir="auto">
								{person.name}
							</span>
							{!person.mayAct && <span class="chip">read only</span>}
							<a href="/.auth/logout?post_logout_redirect_uri=/board">Sign out</a>
						</span>
					</div>
				</header>
				<main id="main" tabindex={-1}>
					{children}
				</main>
				<p id="status" class="hidden" role="status" />
			</body>
		</html>
	)}`;

/** A time as people read it, with the exact one beside or behind it. */
export const Time = ({ at, now, exact = false }: { at: number; now: number; exact?: boolean }) => (
	<time datetime={new Date(at).toISOString()} title={`${timeText(at)} UTC`}>
		{exact ? `${timeText(at)} UTC (${relativeText(at, now)})` : relativeText(at, now)}
	</time>
);
