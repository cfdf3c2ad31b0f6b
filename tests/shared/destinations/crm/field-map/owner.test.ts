import { describe, expect, it } from '@jest/globals';
import { readOwner } from '../../../../../shared/destinations/crm/field-map/owner.ts';

const id = '5a4db0c5-0000-4000-8000-000000000021';

describe('an owner', () => {
	it.each([
		[`team:${id}`, { set: 'teams', id }],
		[` User : ${id.toUpperCase()} `, { set: 'systemusers', id }],
		['team:Marketplace sales', { sets: ['teams'], name: 'Marketplace sales' }],
		['Marketplace sales', { sets: ['teams', 'systemusers'], name: 'Marketplace sales' }],
		['adele.vance@contoso.example', { sets: ['systemusers', 'teams'], name: 'adele.vance@contoso.example' }],
	])('%s is read', (text, owner) => {
		expect(readOwner(text)).toEqual({ ok: true, owner });
	});

	it.each([
		['team:', 'names no one after team:'],
		['', 'is empty'],
		[id, 'is an id without user: or team: in front of it'],
		[`team:${id}0`, 'has a value after team: that is almost an id'],
		['x'.repeat(201), 'is too long for a name'],
	])('%s is refused', (text, problem) => {
		expect(readOwner(text)).toEqual({ ok: false, problem });
	});
});
