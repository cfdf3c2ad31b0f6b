/** A style sheet that a page imports; the build puts it beside the page's script. */
declare module '*.css';
