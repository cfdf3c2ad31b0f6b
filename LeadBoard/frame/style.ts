/** How the board looks: light and dark as the system is, from a phone's width up. No colour tells anything that words do not. */
export const boardStyle = `
:root {
	color-scheme: light dark;
	--ground: #f5f6f8; --surface: #fff; --sunken: #eceff3; --line: #dde1e7; --edge: #868f9b;
	--text: #1a2028; --muted: #56606d; --accent: #0b5cad; --accent-text: #fff; --accent-ground: #e6f0fa;
	--good: #18703f; --good-ground: #e4f3ea; --warn: #7a4b00; --warn-ground: #fdf1d8; --warn-line: #e3c384;
	--bad: #a5221b; --bad-ground: #fcebe9; --bad-line: #e9b5b0;
	--s1: #2f6fb5; --s2: #c4731b; --s3: #3b8a5a; --s4: #8a5bb0; --s5: #b2475c; --s6: #0f7c86; --s7: #74808d;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #12151a; --surface: #1a1f26; --sunken: #252b34; --line: #323a45; --edge: #7d8896;
		--text: #e7eaee; --muted: #a4afbc; --accent: #7fbdf6; --accent-text: #0c1a29; --accent-ground: #1c3046;
		--good: #6bcf97; --good-ground: #17301f; --warn: #f5cf85; --warn-ground: #33290f; --warn-line: #64511f;
		--bad: #ff9d95; --bad-ground: #381a18; --bad-line: #6e3530;
		--s1: #6ea8e6; --s2: #e2a052; --s3: #6fc18f; --s4: #b792d8; --s5: #e08394; --s6: #4fb9c4; --s7: #95a1ae;
	}
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, p, dl, dd, ul, ol, figure, fieldset { margin: 0; padding: 0; }
h1, dd { text-align: left; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; line-height: 1.35; font-weight: 650; }
h3 { font-size: .95rem; font-weight: 650; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: .5rem; top: .5rem; padding: .5rem 1rem; background: var(--surface); z-index: 2; }
.bar { background: var(--surface); border-bottom: 1px solid var(--line); }
.bar > div { display: flex; align-items: stretch; flex-wrap: wrap; gap: 0 1.25rem; max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; min-height: 3.25rem; }
.brand { display: flex; align-items: center; gap: .55rem; font-weight: 650; color: var(--text); text-decoration: none; }
.brand svg { width: 1.5rem; height: 1.5rem; }
.brand rect { fill: #0f6cbd; }
nav.main { display: flex; gap: .15rem; flex: 1; }
nav.main a { display: flex; align-items: center; padding: .2rem .7rem 0; border-bottom: 3px solid transparent; color: var(--muted); font-weight: 550; text-decoration: none; }
nav.main a:hover { color: var(--text); }
nav.main a[aria-current] { color: var(--accent); border-bottom-color: var(--accent); }
.who { display: flex; align-items: center; gap: .75rem; color: var(--muted); font-size: .87rem; }
main { max-width: 72rem; margin: 0 auto; padding: 1.75rem 1.25rem 4rem; display: grid; gap: 1.75rem; }
main > *, .two > * { min-width: 0; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .4rem 1rem; }
.muted, .hint { color: var(--muted); }
.hint { font-size: .9rem; }
.small { font-size: .87rem; }
section { display: grid; gap: .8rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.15rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .8rem; }
.tile { display: grid; gap: .1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1.1rem; color: var(--text); text-decoration: none; }
a.tile:hover { border-color: var(--edge); }
.tile b { font-size: 1.75rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.tile span { color: var(--muted); font-size: .87rem; }
.todo { list-style: none; display: grid; gap: .6rem; }
.todo li { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding: .8rem 1.1rem; border: 1px solid var(--warn-line); border-left-width: 4px; border-radius: 8px; background: var(--warn-ground); }
.todo li.bad { border-color: var(--bad-line); background: var(--bad-ground); }
.todo strong { display: block; }
.todo .text { flex: 1 1 20rem; }
.calm { display: flex; gap: .7rem; align-items: center; padding: .9rem 1.1rem; border: 1px solid var(--line); border-radius: 10px; background: var(--good-ground); color: var(--good); font-weight: 550; }
.calm svg { width: 1.25rem; height: 1.25rem; flex: none; }
table { border-collapse: collapse; width: 100%; }
.table { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
th, td { text-align: start; vertical-align: top; padding: .6rem .9rem; border-bottom: 1px solid var(--line); }
tr:last-child > td, tr:last-child > th[scope=row] { border-bottom: 0; }
thead th { color: var(--muted); font-size: .8rem; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 550; }
td.num, th.num { text-align: end; font-variant-numeric: tabular-nums; }
tbody tr.go:hover { background: color-mix(in srgb, var(--sunken) 45%, transparent); }
.sub { display: block; color: var(--muted); font-size: .87rem; font-weight: 400; text-align: left; }
.cut { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; text-align: left; }
.chip { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; background: var(--sunken); color: var(--muted); font-size: .8rem; font-weight: 600; white-space: nowrap; }
.chip.delivered { background: var(--good-ground); color: var(--good); }
.chip.pending, .chip.waiting, .chip.mark { background: var(--warn-ground); color: var(--warn); }
.chip.parked, .chip.unreadable, .chip.undecided { background: var(--bad-ground); color: var(--bad); }
.chips { display: flex; flex-wrap: wrap; gap: .3rem; }
button, .button { font: inherit; font-weight: 550; line-height: 1.4; min-height: 2.1rem; padding: .3rem .85rem; border: 1px solid var(--edge); border-radius: 7px; background: var(--surface); color: var(--text); cursor: pointer; text-decoration: none; display: inline-block; }
button:hover, .button:hover { border-color: var(--text); }
button.first { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
button.danger { color: var(--bad); border-color: var(--bad); }
button[disabled] { opacity: .55; cursor: default; }
input, select, textarea { font: inherit; font-weight: 400; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 7px; padding: .3rem .55rem; min-height: 2.1rem; width: 100%; }
input[type=checkbox] { width: 1.15rem; min-height: 1.15rem; height: 1.15rem; padding: 0; margin: 0; flex: none; accent-color: var(--accent); }
textarea { min-height: 4.5rem; resize: vertical; }
label { display: grid; gap: .15rem; font-size: .87rem; font-weight: 550; color: var(--muted); }
label.check { display: flex; gap: .5rem; align-items: center; color: var(--text); font-weight: 400; min-height: 1.5rem; }
form.filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .7rem; align-items: end; }
form.inline { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; }
form.inline label { flex: 1 1 14rem; }
.acts { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.acts form { display: contents; }
.acts .text { flex: 1 1 20rem; }
form.list, form[data-acts] { display: grid; gap: .8rem; }
.acts label { min-width: 11rem; }
.pages { display: flex; justify-content: space-between; gap: 1rem; }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.25rem; align-items: start; }
.alarm { border: 1px solid var(--bad-line); border-left: 4px solid var(--bad); border-radius: 8px; background: var(--bad-ground); padding: .9rem 1.15rem; display: grid; gap: .3rem; }
.alarm.warn { border-color: var(--warn-line); border-left-color: var(--warn); background: var(--warn-ground); }
.said { border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 8px; background: var(--accent-ground); padding: .8rem 1.15rem; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, auto) minmax(0, 1fr); gap: .3rem 1.1rem; }
dl.facts dt { color: var(--muted); }
dl.facts dd { white-space: pre-wrap; }
section.scroll { display: block; overflow: auto; max-height: 30rem; background: var(--sunken); border-radius: 8px; }
pre { margin: 0; padding: .9rem 1rem; font: .83rem/1.5 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; white-space: pre-wrap; unicode-bidi: plaintext; }
code { font: .9em ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
details > summary { cursor: pointer; font-weight: 550; min-height: 1.6rem; }
details[open] > summary { margin-bottom: .6rem; }
.attempts { list-style: none; display: grid; gap: .35rem; font-size: .9rem; }
.delivery { display: grid; gap: .5rem; }
.delivery + .delivery { border-top: 1px solid var(--line); padding-top: .9rem; margin-top: .9rem; }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: 8px; background: #fff; display: block; }
.chart, .chart figure { display: grid; grid-template-columns: minmax(0, 1fr); gap: .9rem; }
section.table { display: block; }
.finding { font-weight: 550; max-height: 9rem; overflow: auto; }
.plot { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); padding-top: .6rem; }
.plot svg { display: block; width: 100%; height: 13rem; overflow: visible; }
.plot .names { grid-column: 2; height: 1.5rem; }
.plot text, .share text { fill: var(--muted); font-size: 12px; }
.plot line.grid { stroke: var(--line); }
.plot line.base { stroke: var(--edge); }
.hit { fill: transparent; }
.hit:hover { fill: color-mix(in srgb, var(--text) 10%, transparent); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; font-size: .87rem; }
.legend svg { width: 1.6rem; height: .9rem; margin-inline-end: .45rem; vertical-align: -.1rem; }
svg.share { display: block; width: 100%; min-width: 6rem; height: 1.1rem; }
.c1 { fill: var(--s1); } .c2 { fill: var(--s2); } .c3 { fill: var(--s3); } .c4 { fill: var(--s4); } .c5 { fill: var(--s5); } .c6 { fill: var(--s6); } .c7, .c8, .c9 { fill: var(--s7); }
.pattern { stroke: var(--surface); stroke-width: 1.2; fill: none; }
.layers rect { stroke: var(--surface); stroke-width: .5; }
.dense rect { stroke: none; }
.l1, .l2 { fill: none; stroke-width: 2; }
.l1 { stroke: var(--s1); } .l2 { stroke: var(--s2); stroke-dasharray: 5 3; }
.m1 { fill: var(--s1); } .m2 { fill: var(--surface); stroke: var(--s2); stroke-width: 2; }
.table.tall { max-height: 24rem; overflow: auto; }
.tall th[scope=row] { white-space: nowrap; }
.tall thead th { position: sticky; top: 0; background: var(--surface); white-space: normal; max-width: 14rem; vertical-align: bottom; }
td.bar { width: 45%; }
progress { width: 100%; accent-color: var(--accent); }
.results { list-style: none; display: grid; gap: .25rem; font-size: .9rem; }
.hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
@media (max-width: 48rem) {
	.two { grid-template-columns: minmax(0, 1fr); }
	.bar > div { padding: .5rem .9rem 0; }
	nav.main { order: 3; flex-basis: 100%; overflow-x: auto; margin: 0 -.4rem; }
	nav.main a { padding: .35rem .6rem; white-space: nowrap; }
	.who { margin-inline-start: auto; }
	.who .name { max-width: 9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
	main { padding: 1.25rem .9rem 3rem; }
	table.stack, .stack tbody, .stack tr, .stack td, .stack th[scope=row] { display: block; }
	.stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
	.stack tr { padding: .7rem .9rem; border-bottom: 1px solid var(--line); }
	.stack tbody tr:last-child { border-bottom: 0; }
	.stack td, .stack th[scope=row] { padding: .1rem 0; border: 0; }
	.stack td.num { text-align: start; }
	.stack td[data-label]::before { content: attr(data-label) ": "; color: var(--muted); font-size: .87rem; }
	.stack td:empty { display: none; }
	.plot .wide { display: none; }
	.stack td.bar { width: auto; padding: .3rem 0; }
	dl.facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
	dl.facts dd { margin-bottom: .5rem; }
}
@media print { .bar, form, .acts, .pages { display: none; } body { background: #fff; } }
`.trim();
