/** Colours of the inline styles; each pair has a contrast of 4.5 : 1 at least, in the dark too. */
export const light = {
	page: '#eef1f5',
	card: '#ffffff',
	text: '#1f2933',
	muted: '#52606d',
	line: '#d9e2ec',
	link: '#0b5cad',
	quiet: '#f5f7fa',
	alarm: { background: '#fde8e8', text: '#8a1c1c' },
	notice: { background: '#fff3d1', text: '#6b4300' },
};

export const font = 'font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif';

/**
 * What cannot be inline: the dark scheme, narrow screens, and what Outlook for Windows does not pass on to the cells of a table. No media query changes how
 * something is displayed: some clients take none for true, others all.
 */
export const styleSheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
td,th,h1,h2,p,a{${font}}
th{font-weight:400;text-align:left}
@media (max-width:480px){
.pad{padding-left:18px!important;padding-right:18px!important}
.rows th{width:92px!important}
}
@media (prefers-color-scheme:dark){
.page{background-color:#12161c!important}
.card{background-color:#1d232b!important;border-color:#333d49!important;border-top-color:#8cc4ff!important}
.t{color:#e8edf2!important}
.m,.m th{color:#aab6c2!important}
.line{border-color:#333d49!important}
.quiet{background-color:#262e38!important}
.l{color:#8cc4ff!important}
.key{border-color:#8cc4ff!important}
.key a{color:#8cc4ff!important}
.alarm{background-color:#4a1d1f!important;border-color:#ffd9d9!important;color:#ffd9d9!important}
.notice{background-color:#463409!important;border-color:#ffe9b3!important;color:#ffe9b3!important}
}
`.trim();
