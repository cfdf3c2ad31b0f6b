import { html } from 'hono/html';
import type { Cuttable } from './drill.ts';
import { lengths, nameOf, stateText, steps } from './drill-text.ts';

/** As the other pages', without script, and with forms that lead here. */
export const drillPolicy =
	"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const toTime = (iso: string) => new Date(iso).toTimeString().slice(0, 8);

const row = (cuttable: Cuttable) => {
	const { service, until } = cuttable;
	const label = `length-${service}`;
	return html`<li class="${until === undefined ? 'cut' : 'cut on'}"><form method="post" action="/drill">
<input type="hidden" name="service" value="${service}">
<p>${stateText(cuttable, toTime)}</p>
<div class="acts">${
		until === undefined
			? html`<label for="${label}" class="hidden">How long ${nameOf(service)}</label><select id="${label}" name="seconds">${lengths.map(([seconds, words]) => html`<option value="${seconds}">${words}</option>`)}</select>
<button type="submit">Cut off ${nameOf(service)}</button>`
			: html`<button type="submit" name="end" value="now">End it now</button>`
	}</div></form></li>`;
};

/** The outage drill for a browser without script; the start page has the same for one with it. */
export const drillPage = (all: Cuttable[], boardUrl: string | undefined) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Outage drill · Sandbox</title>
<link rel="stylesheet" href="/pages/start.page.css">
</head>
<body>
<main class="page start">
<h1>Outage drill</h1>
${all.length === 0 ? html`<p>The app calls none of the services here.</p>` : html`<ul class="cuts">${all.map(row)}</ul>`}
<ol class="steps">${steps.map((step) => html`<li>${step}</li>`)}</ol>
<p><a href="/drill">Look again</a> · ${boardUrl ? html`<a href="${boardUrl}">Board</a> · ` : ''}<a href="/">Sandbox</a></p>
</main>
</body>
</html>
`;
