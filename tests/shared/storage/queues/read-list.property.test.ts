import { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readList } from '../../../../shared/storage/queues/read-list.ts';
import { propertyRuns } from '../../../support/property-runs.ts';
import { type StandIn, startStandIn } from '../../../support/stand-in.ts';

const read = (xml: string) => {
	try {
		return readList(xml).map((message) => Object.fromEntries(message));
	} catch (error) {
		return error as Error;
	}
};

const escaped = (text: string) => text.replace(/[<>&]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[sign] ?? sign);

interface Form {
	declared: boolean;
	marked: boolean;
	between: string;
}

/** As the service writes it, in each of the forms that mean the same. */
function toXml(messages: Record<string, string>[], { declared, marked, between }: Form): string {
	const elements = (message: Record<string, string>) =>
		Object.entries(message).map(([name, text]) => (text === '' && between ? `<${name} />` : `<${name}>${escaped(text)}</${name}>`));
	const list = messages.map((message) => `<QueueMessage>${between}${elements(message).join(between)}${between}</QueueMessage>`);
	const head = `${marked ? '\uFEFF' : ''}${declared ? `<?xml version="1.0" encoding="utf-8"?>${between}` : ''}`;
	return list.length === 0 && between
		? `${head}<QueueMessagesList />`
		: `${head}<QueueMessagesList>${between}${list.join(between)}${between}</QueueMessagesList>${between}`;
}

const form = fc.record({ declared: fc.boolean(), marked: fc.boolean(), between: fc.constantFrom('', '\n', '\r\n  ') });
const text = fc
	.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('', ' ', "it's", '"', ']]>', '&amp;', '<b/>', '\t\n'))
	.filter((text) => text.isWellFormed() && !/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text));
const message = fc.record({
	MessageId: fc.uuid(),
	PopReceipt: fc.base64String({ minLength: 4 }),
	MessageText: text,
	DequeueCount: fc.nat(9).map(String),
});
const messages = fc.array(message, { maxLength: 4 });

describe('a list of messages', () => {
	it('is read in each of its forms', () => {
		fc.assert(
			fc.property(messages, form, (messages, form) => {
				expect(read(toXml(messages, form))).toEqual(messages);
			}),
			propertyRuns,
		);
	});

	it('is refused when it is cut off anywhere before its end', () => {
		fc.assert(
			fc.property(messages, form, fc.nat(), (messages, form, at) => {
				const whole = toXml(messages, form).trimEnd();
				expect(read(whole.slice(0, at % whole.length))).toMatchObject({ name: 'UnprovenAnswer' });
			}),
			propertyRuns,
		);
	});

	it.each<[string, string]>([
		['a page', '<html><body>Please sign in</body></html>'],
		['nothing', ''],
		['blanks', ' \n'],
		['JSON', '[]'],
		['another list', '<EnumerationResults></EnumerationResults>'],
		['two lists', '<QueueMessagesList/><QueueMessagesList/>'],
		['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><QueueMessagesList/>'],
		['a comment', '<QueueMessagesList><!-- --></QueueMessagesList>'],
		['attributes', '<QueueMessagesList a="b"/>'],
		['marked text', '<QueueMessagesList><QueueMessage><A><![CDATA[x]]></A></QueueMessage></QueueMessagesList>'],
		['text between', '<QueueMessagesList>x</QueueMessagesList>'],
		['an element in another', '<QueueMessagesList><QueueMessage><A><B>x</B></A></QueueMessage></QueueMessagesList>'],
		['crossed elements', '<QueueMessagesList><QueueMessage><A>x</B></QueueMessage></QueueMessagesList>'],
		['one member twice', '<QueueMessagesList><QueueMessage><A>x</A><A>y</A></QueueMessage></QueueMessagesList>'],
		...['&', '&;', '&a;', '&nbsp;', '&#0;', '&#x110000;', '&#;', '&lt', '& '].map((entity): [string, string] => [
			`the text ${entity}`,
			`<QueueMessagesList><QueueMessage><A>${entity}</A></QueueMessage></QueueMessagesList>`,
		]),
	])('is no list: %s', (_, xml) => {
		expect(read(xml)).toMatchObject({ name: 'UnprovenAnswer', message: expect.stringContaining('a whole list of messages') });
	});

	it('knows the characters that are written by number, which the SDK leaves as they are', () => {
		expect(read('<QueueMessagesList><QueueMessage><A>a&#xD;&#10;&#x1F600;&apos;&quot;</A></QueueMessage></QueueMessagesList>')).toEqual([
			{ A: 'a\r\n😀\'"' },
		]);
	});

	it('of any length that never fits is read in no time', () => {
		for (const piece of [' ', '<QueueMessage>', '<A>', '&', '<', '<A/>', '&#x1']) {
			const long = piece.repeat(Math.ceil(500_000 / piece.length));
			const begun = process.cpuUsage();
			read(long);
			read(`<QueueMessagesList><QueueMessage><A>${long}`);
			read(`<QueueMessagesList>${long}`);
			// Of the processor: a busy machine is no fault of the reader.
			expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000);
		}
	});
});

describe('beside the SDK', () => {
	let service: StandIn;
	let xml = '';
	beforeAll(async () => {
		service = await startStandIn(() => ({ status: 200, headers: { 'content-type': 'application/xml' }, body: xml }));
	});
	afterAll(() => service.close());

	const readBySdk = async (answer: string) => {
		xml = answer;
		service.received.length = 0;
		const queue = new QueueClient(`AccountName=c;AccountKey=a2V5;DefaultEndpointsProtocol=http;QueueEndpoint=${service.root}/c`, 'bells', {
			retryOptions: { maxTries: 1 },
		});
		try {
			const { receivedMessageItems } = await queue.receiveMessages();
			return receivedMessageItems.map(({ messageText, messageId, popReceipt }) => ({ messageText, messageId, popReceipt }));
		} catch (error) {
			return error as Error;
		}
	};
	const readHere = (xml: string) => {
		const list = read(xml);
		return list instanceof Error
			? list
			: list.map(({ MessageText, MessageId, PopReceipt }) => ({ messageText: MessageText, messageId: MessageId, popReceipt: PopReceipt }));
	};
	const few = { numRuns: Math.ceil(propertyRuns.numRuns / 4) };

	it('a list is read the same', async () => {
		await fc.assert(
			fc.asyncProperty(messages, form, async (messages, form) => {
				const xml = toXml(messages, form);
				expect(readHere(xml)).toEqual(await readBySdk(xml));
			}),
			few,
		);
	});

	it('what is changed anywhere is read the same, or is not believed', async () => {
		const edit = fc.record({
			at: fc.nat(),
			drop: fc.nat(5),
			add: fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('<', '>', '&amp;', '&lt;', '/', '</A>', '<A>', '"', '=', ' ')),
		});
		let believed = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 2 }), form, edit, async (messages, form, { at, drop, add }) => {
				const whole = toXml(messages, form);
				const xml = (whole.slice(0, at % whole.length) + add + whole.slice((at % whole.length) + drop)).toWellFormed();
				const here = readHere(xml);
				if (here instanceof Error) return expect(here).toMatchObject({ name: 'UnprovenAnswer' });
				believed++;
				expect(here).toEqual(await readBySdk(xml));
			}),
			few,
		);
		expect(believed).toBeGreaterThan(0);
	});
});
