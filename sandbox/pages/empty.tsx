import type { ComponentChildren } from 'preact';

/** Instead of a list that has nothing in it. */
export const Empty = ({ title, children }: { title: string; children: ComponentChildren }) => (
	<section class="empty">
		<h1>{title}</h1>
		{children}
	</section>
);
