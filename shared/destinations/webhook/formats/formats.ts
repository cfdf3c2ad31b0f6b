import type { FormatName } from '../format-traits.ts';
import { custom } from './custom.ts';
import { form } from './form.ts';
import type { Format } from './format.ts';
import { googlechat } from './googlechat.ts';
import { hubspot } from './hubspot.ts';
import { json } from './json.ts';
import { slack } from './slack.ts';
import { standard } from './standard.ts';
import { teams } from './teams.ts';

/** Every format, by its name. */
export const formats: Record<FormatName, Format> = { standard, json, teams, slack, googlechat, hubspot, form, custom };
