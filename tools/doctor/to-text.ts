import { styleText } from 'node:util';
import type { CheckLine, Level } from '../../shared/basics/check-line.ts';
import { printable } from '../leads/printable.ts';

const colours = { ok: 'green', warning: 'yellow', failure: 'red' } as const;
const width = (texts: string[]) => Math.max(0, ...texts.map(({ length }) => length));

/** All lines for a person; below each that is not ok the one thing to do. */
export function toText(lines: CheckLine[], { where, called, colour }: { where: string; called: boolean; colour: boolean }): string {
	const paint = (level: Level, text: string) => (colour ? styleText(colours[level], text, { validateStream: false }) : text);
	const checkWidth = width(lines.map(({ check }) => check));
	const levelWidth = 'failure'.length;
	const indent = ' '.repeat(levelWidth + checkWidth + 4);
	const said = lines.flatMap(({ check, level, message, next }) => [
		`${paint(level, level.padEnd(levelWidth))}  ${check.padEnd(checkWidth)}  ${printable(message)}`,
		...(next ? [`${indent}→ ${printable(next)}`] : []),
	]);
	const count = (level: Level, words: (many: number) => string) => {
		const many = lines.filter((line) => line.level === level).length;
		return many > 0 ? [words(many)] : [];
	};
	const sum = [
		...count('failure', (many) => `${many} failure${many > 1 ? 's' : ''}`),
		...count('warning', (many) => `${many} warning${many > 1 ? 's' : ''}`),
		...count('ok', (many) => `${many} ok`),
	].join(', ');
	return `${[where, '', ...said, '', `${sum}.${called ? '' : ' No service was called: use --live.'}`].join('\n')}\n`;
}
