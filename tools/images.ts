/** `npm run images`: takes the pictures of the docs again, with a real browser. */
import { Argument, Command } from 'commander';
import { type Browser, chromium } from 'playwright-core';
import { endByParser } from '../sandbox/start/read-option.ts';
import { pictureBoard } from './images/picture-board.ts';
import { pictureDrill } from './images/picture-drill.ts';
import { pictureMails } from './images/picture-mails.ts';

const parts: Record<string, (browser: Browser) => Promise<void>> = { mails: pictureMails, drill: pictureDrill, board: pictureBoard };
const names = Object.keys(parts);

const command = new Command('npm run images --')
	.description(
		'Takes the pictures in docs/images again, with Chromium at /usr/bin/chromium (or where CHROMIUM says). It writes over those that are there.',
	)
	.addArgument(new Argument('[parts...]', 'which pictures; all, when none is named').choices(names))
	.exitOverride(endByParser)
	.parse();
const [chosen = []] = command.processedArgs as [string[]?];

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
	for (const name of chosen.length > 0 ? chosen : names) await parts[name]?.(browser);
} finally {
	await browser.close();
}
