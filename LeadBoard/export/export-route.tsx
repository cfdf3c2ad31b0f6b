/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { BoardDeps } from '../board-deps.ts';
import { allDestinations } from '../board-destinations.ts';
import { Layout } from '../frame/layout.tsx';
import { mayRead } from '../gate/asked-by.ts';
import type { Person } from '../gate/judge-principal.ts';
import { type FilterTexts, readFilter, withFilter } from '../leads/read-filter.ts';
import { type BoardFormat, boardFormats, makeExport, mostExported, mostLookedAt } from './make-export.ts';

const types: Record<BoardFormat, string> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8',
};

const inNumbers = (number: number) => number.toLocaleString('en');

/** `GET /board/export?format=csv&…`: what the filter of the list finds, as a file. For everybody who may read. */
export const exportRoute = new Hono<{ Bindings: BoardDeps }>().get('/board/export', async (c) => {
	const { clock, person } = c.env;
	const now = clock();
	const { filter, texts, problems } = readFilter((name) => c.req.query(name), { now, destinations: await allDestinations(c.env) });
	const refuse = (status: 400 | 403 | 404 | 413, children: Child) =>
		c.html(
			<NoFile person={person} texts={texts}>
				{children}
			</NoFile>,
			status,
		);
	// It costs the most, and shows nothing: not even a link from elsewhere starts it.
	if (!mayRead(c.req.raw.headers, { isPage: false })) return refuse(403, 'An export begins on a page of the board.');
	const format = boardFormats.find((name) => name === (c.req.query('format') ?? 'xlsx'));
	if (!format) return refuse(400, 'The format is xlsx or csv.');
	// What cannot be read would find too much.
	if (problems.length > 0) return refuse(400, problems.join(' '));
	const newest = c.req.query('newest') !== undefined;
	const made = await makeExport(filter, { format, newest }, c.env);
	if (made.kind === 'none') return refuse(404, 'Nothing matches, so there is no file.');
	if (made.kind === 'tooMany')
		return refuse(
			413,
			<>
				{made.why === 'rows'
					? `More than ${inNumbers(mostExported[format])} match, and a file of this kind takes no more here.`
					: `The filter did not come to its end among ${inNumbers(mostLookedAt)} leads, or took too long.`}{' '}
				Choose a shorter time, or export with <code>npm run leads -- export</code>, which knows no such limit.
				{made.why === 'rows' && (
					<>
						{' '}
						<a href={withFilter('/board/export', texts, { format, newest: '1' })}>
							Export the newest {inNumbers(mostExported[format])} alone
						</a>
					</>
				)}
			</>,
		);
	const what = filter.state === 'rejected' ? 'rejected' : 'leads';
	const cut = newest && made.rows === mostExported[format] ? `-newest-${made.rows}` : '';
	return c.body(new Uint8Array(made.file), 200, {
		'content-type': types[format],
		'content-disposition': `attachment; filename="${what}-${new Date(now).toISOString().slice(0, 10)}${cut}.${format}"`,
		'content-length': String(made.file.length),
	});
});

const NoFile = ({ person, texts, children }: { person: Person; texts: FilterTexts; children?: Child }) => (
	<Layout title="No file" current={texts.state === 'rejected' ? 'rejected' : 'leads'} person={person}>
		<h1>No file was made</h1>
		<p class="alarm warn">
			<span>{children}</span>
		</p>
		<p>
			<a href={texts.state === 'rejected' ? '/board/rejected' : withFilter('/board/leads', texts)}>Back to the list</a>
		</p>
	</Layout>
);

/** The files of a list, and how much they take. */
export const ExportLinks = ({ texts }: { texts: FilterTexts }) => (
	<p class="small muted">
		Export all that the filter finds:{' '}
		{boardFormats.map((format, index) => (
			<>
				{index > 0 && ' or '}
				<a href={withFilter('/board/export', texts, { format })}>{format === 'xlsx' ? 'spreadsheet' : 'CSV'}</a> (up to{' '}
				{inNumbers(mostExported[format])})
			</>
		))}
		. It holds personal data.
	</p>
);
