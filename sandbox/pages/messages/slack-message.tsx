import { decodeBasic } from './service-text.ts';

interface SlackText {
	type: 'plain_text' | 'mrkdwn';
	text: string;
}
interface Block {
	type: 'header' | 'section' | 'context';
	text?: SlackText;
	fields?: SlackText[];
	elements?: SlackText[];
}
interface Message {
	text: string;
	blocks?: Block[];
}

/** Text in which Slack makes links of `<https://…|name>` and calls people for `<!channel>`; nothing else of its marks is drawn. */
const Marked = ({ text }: { text: string }) => (
	<>
		{text.split(/(<[^<>]*>)/).map((part, index) => {
			const [, inner] = /^<([^<>]*)>$/.exec(part) ?? [];
			if (inner === undefined) return decodeBasic(part);
			const [address = '', name = address] = inner.split('|');
			return /^https?:/i.test(address) ? (
				<a key={String(index)} href={decodeBasic(address)} rel="noreferrer" target="_blank">
					{decodeBasic(name)}
				</a>
			) : (
				<mark key={String(index)}>{decodeBasic(inner)}</mark>
			);
		})}
	</>
);

const Text = ({ of }: { of: SlackText }) => <div dir="auto">{of.type === 'mrkdwn' ? <Marked text={of.text} /> : decodeBasic(of.text)}</div>;

function BlockView({ block }: { block: Block }) {
	if (block.type === 'header') return <h3 dir="auto">{decodeBasic(block.text?.text ?? '')}</h3>;
	const texts = block.type === 'context' ? block.elements : block.fields;
	return (
		<div class={block.type}>
			{block.text && <Text of={block.text} />}
			{texts && (
				<div class="pairs">
					{texts.map((text, index) => (
						<Text key={String(index)} of={text} />
					))}
				</div>
			)}
		</div>
	);
}

/** A message in a channel of Slack, and what its notification says. */
export function SlackMessage({ body }: { body: unknown }) {
	const { text, blocks } = body as Message;
	return (
		<>
			<div class="shown slack">
				{blocks ? (
					blocks.map((block, index) => <BlockView key={String(index)} block={block} />)
				) : (
					<div class="section" dir="auto">
						<Marked text={text} />
					</div>
				)}
			</div>
			{blocks && (
				<p class="aside" dir="auto">
					Notification: <Marked text={text} />
				</p>
			)}
		</>
	);
}
