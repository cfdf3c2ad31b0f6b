import { AdaptiveCard, HostConfig } from 'adaptivecards';
import { useEffect, useRef } from 'preact/hooks';

const colours = (name: string) => ({ default: name, subtle: 'var(--muted)' });
const container = (backgroundColor: string, text: string) => ({
	backgroundColor,
	foregroundColors: { default: colours(text), accent: colours('var(--accent)'), attention: colours('var(--bad)') },
});

/** As near to Teams as matters: its colours follow the page's, light or dark. https://learn.microsoft.com/adaptive-cards/sdk/rendering-cards/javascript/render-a-card */
const likeTeams = new HostConfig({
	fontFamily: 'inherit',
	supportsInteractivity: true,
	fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
	fontWeights: { lighter: 200, default: 400, bolder: 600 },
	lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
	spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
	separator: { lineThickness: 1, lineColor: 'var(--line)' },
	containerStyles: {
		default: container('transparent', 'var(--text)'),
		warning: container('var(--warn-ground)', 'var(--warn-text)'),
		attention: container('var(--bad-ground)', 'var(--bad)'),
	},
	actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8, spacing: 'default' },
});

interface Message {
	attachments: { content: object }[];
}

/** The card of a message as Microsoft's own renderer draws it, as in Teams. */
export const TeamsMessage = ({ body }: { body: unknown }) => (
	<>
		{(body as Message).attachments.map(({ content }, index) => (
			<Card key={String(index)} content={content} />
		))}
	</>
);

function Card({ content }: { content: object }) {
	const place = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const card = new AdaptiveCard();
		card.hostConfig = likeTeams;
		card.onExecuteAction = (action) => {
			const { url } = action.toJSON() as { url?: string };
			if (url && /^https?:/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
		};
		card.parse(content);
		const drawn = card.render();
		if (drawn) place.current?.replaceChildren(drawn);
	}, [content]);
	return <div class="shown teams" ref={place} />;
}
