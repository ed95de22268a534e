import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { TestClock } from './program.ts';

const folder = new URL('../transcripts/', import.meta.url);
/** Where transcripts are played. */
export const playedOn = ['page', 'terminal', 'slack', 'teams'] as const;
export type PlayedOn = (typeof playedOn)[number];

const fragments = z.array(z.string()).default([]);

/** One thing a person does, and what they see of it. A step that does nothing looks at what came since their last one. */
const stepSchema = z.strictObject({
  who: z.string(),
  says: z.string().optional(),
  /** The label of a button of the latest card in sight that has it, or of the latest whose text has `on`. */
  presses: z.string().optional(),
  on: z.string().optional(),
  /** Where the approvals channel is meant; the terminal has one conversation for all. */
  in: z.literal('approvals').optional(),
  /** Keeps the button under a name instead of pressing it, to be pressed when the card has moved on. */
  keeps: z.string().optional(),
  'presses-kept': z.string().optional(),
  /** Time that passes before it. */
  minutes: z.int().min(0).default(1),
  only: z.array(z.enum(playedOn)).optional(),
  sees: fragments,
  'sees-not': fragments,
  buttons: fragments,
  'buttons-not': fragments,
});
type Step = z.infer<typeof stepSchema>;

const transcriptSchema = z.strictObject({
  /** Another transcript whose steps come first, by its file's name without `.yaml`. */
  after: z.string().optional(),
  what: z.string(),
  starts: z.iso.datetime().default('2026-11-23T09:00:00Z'),
  steps: z.array(stepSchema).min(1),
});
export type Transcript = z.infer<typeof transcriptSchema> & { readonly file: string };

export type Place = 'direct' | 'approvals';
export type Press = () => Promise<void>;

/** One person in front of a platform. */
export interface Seat {
  say(text: string, where: Place): Promise<void>;
  /** The button of this label on a card that the bot posted and this person sees, or null. */
  button(label: string, on: string | null, where: Place): Press | null;
  /** What came into sight there, or changed, since the last call. */
  news(where: Place): Promise<{ readonly text: string; readonly buttons: readonly string[] }>;
}

/** A platform with the whole program behind it. */
export interface Stage {
  seat(person: string): Promise<Seat>;
  /** Ends when everything is delivered and in sight. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export function loadTranscripts(): readonly Transcript[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map(loadTranscript);
}

function loadTranscript(file: string): Transcript {
  const read = transcriptSchema.safeParse(parse(readFileSync(new URL(file, folder), 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const transcript = read.data;
  const before = transcript.after === undefined ? [] : loadTranscript(`${transcript.after}.yaml`).steps;
  return { file, ...transcript, steps: [...before, ...transcript.steps] };
}

/** Plays a transcript. Everybody who occurs in it is there from the start. */
export async function play(transcript: Transcript, platform: PlayedOn, stage: Stage, clock: TestClock): Promise<void> {
  clock.set(transcript.starts);
  const seats = new Map<string, Seat>();
  for (const { who } of transcript.steps) if (!seats.has(who)) seats.set(who, await stage.seat(who));
  const kept = new Map<string, Press>();
  for (const [index, step] of transcript.steps.entries()) {
    const seat = seats.get(step.who);
    if (seat === undefined || step.only?.includes(platform) === false) continue;
    const place = `${transcript.file}, step ${index + 1} (${step.who}), on the ${platform}`;
    clock.set(new Date(clock.now().getTime() + step.minutes * 60_000).toISOString());
    await act(step, seat, kept, place);
    await stage.settle();
    const seen = await seat.news(step.in ?? 'direct');
    for (const fragment of step.sees) expect(seen.text, place).toContain(fragment);
    for (const fragment of step['sees-not']) expect(seen.text, place).not.toContain(fragment);
    for (const label of step.buttons) expect(seen.buttons, `${place}\n${seen.text}`).toContain(label);
    for (const label of step['buttons-not']) expect(seen.buttons, place).not.toContain(label);
  }
}

async function act(step: Step, seat: Seat, kept: Map<string, Press>, place: string): Promise<void> {
  const where = step.in ?? 'direct';
  if (step.says !== undefined || step.presses !== undefined || step['presses-kept'] !== undefined) {
    const press = step.presses === undefined ? null : seat.button(step.presses, step.on ?? null, where);
    if (step.presses !== undefined && press === null)
      throw new Error(`${place}: no button "${step.presses}" in sight\n${(await seat.news(where)).text}`);
    if (press !== null && step.keeps !== undefined) kept.set(step.keeps, press);
    else {
      await seat.news(where);
      if (step.says !== undefined) await seat.say(step.says, where);
      await press?.();
      const earlier = step['presses-kept'];
      if (earlier !== undefined) await kept.get(earlier)?.();
    }
  }
}
