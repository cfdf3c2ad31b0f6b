import { decodeBasic } from './service-text.ts';

interface Widget {
	textParagraph?: { text: string };
	decoratedText?: { topLabel?: string; text: string };
	buttonList?: { buttons: { text: string; onClick: { openLink: { url: string } } }[] };
}
interface Message {
	text?: string;
	cardsV2?: { card: { header?: { title: string; subtitle?: string }; sections?: { widgets: Widget[] }[] } }[];
}

/** Text with the few tags that cards take: what else looks like one is shown as it came. */
function Formatted({ text }: { text: string }) {
	let isBold = false;
	return (
		<>
			{text.split(/(<\/?b>|<br>)/).map((part, index) => {
				if (part === '<br>') return <br key={String(index)} />;
				if (part === '<b>' || part === '</b>') {
					isBold = part === '<b>';
					return null;
				}
				return isBold ? <b key={String(index)}>{decodeBasic(part)}</b> : decodeBasic(part);
			})}
		</>
	);
}

const WidgetView = ({ widget: { textParagraph, decoratedText, buttonList } }: { widget: Widget }) => (
	<>
		{textParagraph && (
			<p dir="auto">
				<Formatted text={textParagraph.text} />
			</p>
		)}
		{decoratedText && (
			<div>
				{decoratedText.topLabel && (
					<div class="label" dir="auto">
						{decoratedText.topLabel}
					</div>
				)}
				<div dir="auto">
					<Formatted text={decoratedText.text} />
				</div>
			</div>
		)}
		{buttonList && (
			<p class="buttons">
				{buttonList.buttons.map(({ text, onClick }) => {
					const { url } = onClick.openLink;
					return (
						/^https?:/i.test(url) && (
							<a key={url} href={url} rel="noreferrer" target="_blank">
								{text}
							</a>
						)
					);
				})}
			</p>
		)}
	</>
);

/** A message in a space of Google Chat. */
export function ChatMessage({ body }: { body: unknown }) {
	const { text, cardsV2 = [] } = body as Message;
	return (
		<>
			{text && <p dir="auto">{text}</p>}
			{cardsV2.map(({ card: { header, sections = [] } }, index) => (
				<div key={String(index)} class="shown chat">
					{header && (
						<div class="chat-head">
							<h3 dir="auto">{header.title}</h3>
							{header.subtitle && <div class="label">{header.subtitle}</div>}
						</div>
					)}
					{sections
						.flatMap(({ widgets }) => widgets)
						.map((widget, at) => (
							<WidgetView key={String(at)} widget={widget} />
						))}
				</div>
			))}
		</>
	);
}
