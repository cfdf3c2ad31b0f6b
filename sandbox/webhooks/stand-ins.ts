import { custom } from './formats/custom.ts';
import { form } from './formats/form.ts';
import { googlechat } from './formats/googlechat.ts';
import { hubspot } from './formats/hubspot.ts';
import { json } from './formats/json.ts';
import { slack } from './formats/slack.ts';
import { standard } from './formats/standard.ts';
import { teams } from './formats/teams.ts';
import type { StandIn } from './stand-in.ts';

/** The services that take leads by POST, by the format of what they are sent. */
export const standIns = { standard, json, teams, slack, googlechat, hubspot, form, custom } satisfies Record<string, StandIn>;
export type HookFormat = keyof typeof standIns;

export const isHookFormat = (name: string): name is HookFormat => Object.hasOwn(standIns, name);
