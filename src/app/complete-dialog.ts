import { z } from 'zod';
import type { DialogDefinition } from '../dialog/definition.ts';
import type { DialogState } from '../dialog/state.ts';
import { requestIdSchema } from '../domain/change-request.ts';
import { AppError } from '../errors.ts';
import type { JsonObject } from '../locale.ts';
import { refusalEntry } from './audit-drafts.ts';
import { deeds, planDeed } from './decisions.ts';
import { requestContent } from './request-content.ts';
import { submitRequest } from './submit-request.ts';
import { messageCard, type PersonTurn, type Plan, privately, refusalCard, type Surroundings } from './turn.ts';

export type Completion = Plan & { readonly kind: 'done' | 'refused' };

/** What a `decide` dialog is opened with: the deed that wants words, and the card it was clicked on. */
const deedSeed = z.object({ request: requestIdSchema, version: z.int().nullable(), decision: z.enum(deeds) });
const words = z.object({ reason: z.string() });
const outcome = z.object({ result: z.enum(['implemented', 'failed', 'backed-out']), evidence: z.string(), note: z.string().nullish() });

/** Carries out what a dialog was for, by the name its definition gives. */
export async function completeDialog(
  turn: PersonTurn,
  definition: DialogDefinition,
  state: DialogState,
  values: JsonObject,
  surroundings: Surroundings,
): Promise<Completion> {
  switch (definition.complete) {
    case 'submit-request':
      return submit(turn, definition, state, values, surroundings);
    case 'decide': {
      const { request, version, decision } = deedSeed.parse(state.seed);
      return done(await planDeed(turn, { deed: decision, request, version, text: words.parse(values).reason }, surroundings));
    }
    case 'record-outcome': {
      const { request, version } = deedSeed.omit({ decision: true }).parse(state.seed);
      const { result, evidence, note } = outcome.parse(values);
      const text = note ? `${evidence}\n${note}` : evidence;
      return done(await planDeed(turn, { deed: 'record', request, version, text, result }, surroundings));
    }
    default:
      throw new AppError('data-invalid', `the dialog ${definition.id} ends in an unknown effect ${definition.complete}`);
  }
}

const done = (plan: Plan): Completion => ({ ...plan, kind: plan.commit.request ? 'done' : 'refused' });

async function submit(
  turn: PersonTurn,
  definition: DialogDefinition,
  state: DialogState,
  values: JsonObject,
  surroundings: Surroundings,
): Promise<Completion> {
  const content = requestContent(definition.id, values, turn.person.id);
  const move = await submitRequest(turn, definition, state, content, surroundings);
  if (move.kind === 'refused') {
    const object = typeof state.seed['amends'] === 'string' ? state.seed['amends'] : null;
    return {
      kind: 'refused',
      commit: { audit: [refusalEntry(turn, 'request.submit', object, move.code)] },
      reply: privately(turn, [refusalCard(turn, move)]),
    };
  }
  const said = messageCard(
    turn.knowledge.say,
    turn.reader,
    [{ key: `request.submitted.${move.next.state}`, params: { request: move.next.id } }],
    { tone: 'good' },
  );
  return { kind: 'done', commit: move.commit, reply: privately(turn, [said]) };
}
