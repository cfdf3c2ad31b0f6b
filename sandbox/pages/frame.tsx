import './theme.css';
import './frame.css';
import './help.css';
import type { ComponentChildren } from 'preact';
import { cooldownText } from './cooldown-text.ts';
import { faultTexts } from './fault-text.ts';
import type { SandboxState } from './page-data.ts';

interface FrameProps {
	page: 'start' | 'mailbox' | 'crm' | 'messages';
	state: SandboxState | undefined;
	connected: boolean;
	children: ComponentChildren;
}

const Tab = ({ href, label, count, current }: { href: string; label: string; count: number | undefined; current: boolean }) => (
	<a href={href} class="tab" aria-current={current ? 'page' : undefined}>
		{label}
		{count !== undefined && <span class="count">{count}</span>}
	</a>
);

/** What all pages have around them: where one is, how much is where, whether it is live, and which faults are on. */
export const Frame = ({ page, state, connected, children }: FrameProps) => (
	<>
		<header class="bar">
			<a href="/" class="brand" aria-current={page === 'start' ? 'page' : undefined}>
				<svg viewBox="0 0 32 32" aria-hidden="true">
					<rect width="32" height="32" rx="8" class="mark" />
					<path d="M7 11l9 7 9-7M7 10h18v12H7z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round" />
				</svg>
				Sandbox
			</a>
			<nav class="tabs" aria-label="Stand-ins">
				<Tab href="/mailbox" label="Mailbox" count={state?.mails} current={page === 'mailbox'} />
				<Tab href="/crm" label="CRM" count={state?.leads} current={page === 'crm'} />
				<Tab href="/messages" label="Messages" count={state?.messages} current={page === 'messages'} />
			</nav>
			<span class={connected ? 'live' : 'live lost'} role="status">
				{connected ? 'Live' : 'Reconnecting…'}
			</span>
		</header>
		{state && <LeadsOffStrip names={state.leadsOff} />}
		{state && <FaultStrip faults={state.faults} />}
		{state && <CooldownStrip cooldowns={state.cooldowns} />}
		<main class={`page ${page}`}>{children}</main>
	</>
);

/** That what is posted here goes to real people. */
const LeadsOffStrip = ({ names }: { names: string[] }) =>
	names.length === 0 ? null : (
		<div class="faults" role="status">
			<span>
				<strong>Calls leave this machine:</strong> {names.join(', ')} {names.length === 1 ? 'names a service' : 'name services'} elsewhere.
				What goes there does not appear here.
			</span>
		</div>
	);

/** Why leads that were posted do not arrive. */
const CooldownStrip = ({ cooldowns }: { cooldowns: SandboxState['cooldowns'] }) =>
	cooldowns.length === 0 ? null : (
		<div class="cooldowns" role="status">
			{cooldowns.map((cooldown) => (
				<p key={cooldown.destination}>
					{cooldownText(cooldown)}.{' '}
					{cooldown.why !== 'heldBack' && (
						<>
							To try it now: <code>npm run leads -- retry --destination {cooldown.destination}</code>
						</>
					)}
				</p>
			))}
		</div>
	);

const FaultStrip = ({ faults }: { faults: SandboxState['faults'] }) => {
	const texts = faultTexts(faults);
	return texts.length === 0 ? null : (
		<div class="faults" role="status">
			<span>
				<strong>Faults on:</strong> {texts.join(' · ')}
			</span>
			<button type="button" onClick={() => void fetch('/faults', { method: 'DELETE' })}>
				Clear
			</button>
		</div>
	);
};
