import { useState } from 'preact/hooks';
import { exampleLead } from '../example-lead.ts';

const toCurl = (intakeUrl: string) =>
	`curl -H 'content-type: application/json' \\\n  '${intakeUrl}' \\\n  -d '${JSON.stringify(exampleLead, null, 2)}'`;

/** How to post a lead: for whoever finds nothing here yet. */
export function FirstLead({ intakeUrl }: { intakeUrl: string | undefined }) {
	return (
		<>
			{intakeUrl && <Command text={toCurl(intakeUrl)} />}
			<p>{intakeUrl ? 'Or, from the folder of the project, several different leads:' : 'From the folder of the project:'}</p>
			<Command text="npm run post" />
		</>
	);
}

function Command({ text }: { text: string }) {
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		await navigator.clipboard.writeText(text);
		setCopied(true);
	};
	return (
		<div class="command">
			<pre>{text}</pre>
			<button type="button" onClick={() => void copy()}>
				{copied ? 'Copied' : 'Copy'}
			</button>
		</div>
	);
}
