import type { LeadDetail, LeadField } from './page-data.ts';
import { longTime } from './time-text.ts';
import { useFetched } from './use-fetched.ts';

/** Only what a browser opens harmlessly becomes a link: the text is whatever someone posted. */
function linkOf({ name, text }: LeadField): string | undefined {
	if (name.startsWith('emailaddress')) return `mailto:${encodeURIComponent(text)}`;
	if (/phone|telephone/.test(name) && /^[+\d][\d ()./-]*$/.test(text)) return `tel:${text.replace(/[^+\d]/g, '')}`;
	return name === 'websiteurl' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

const Value = ({ field }: { field: LeadField }) => {
	const link = linkOf(field);
	if (field.kind === 'DateTime') return <time dateTime={field.text}>{longTime(field.text)}</time>;
	return link ? (
		<a href={link} rel="noreferrer" target="_blank">
			{field.text}
		</a>
	) : (
		<span>{field.text}</span>
	);
};

/** One lead with every column that has a value. */
export function LeadView({ leadid, version }: { leadid: string; version: string | undefined }) {
	const { data: lead, gone } = useFetched<LeadDetail>(`/crm/leads/${encodeURIComponent(leadid)}`, version);
	const textOf = (name: string) => lead?.fields.find((field) => field.name === name)?.text;
	const about = [textOf('fullname'), textOf('jobtitle'), textOf('companyname')].filter(Boolean).join(' · ');
	return (
		<article class="lead">
			<a href="#/" class="back">
				‹ All leads
			</a>
			{gone && <p class="hint">There is no such lead.</p>}
			{lead && (
				<>
					<h1>{textOf('subject') ?? '(no topic)'}</h1>
					{about && <p class="about">{about}</p>}
					<dl class="fields">
						{lead.fields.map((field) => (
							<div key={field.name} class={field.kind === 'Memo' || field.name === 'subject' ? 'field wide' : 'field'}>
								<dt title={field.name}>{field.label}</dt>
								<dd>
									<Value field={field} />
								</dd>
							</div>
						))}
					</dl>
				</>
			)}
		</article>
	);
}
