import type { AskResult } from './answer-result.ts';
import { deedEntry } from './audit-drafts.ts';
import type { AuditDraft } from './ports.ts';
import type { Plan, Turn } from './turn.ts';

const questionType = 'question.answer';

/** Who asked, how it was read, and which rules were cited. What was typed, and addresses with it, are kept apart as personal. */
export function questionEntry(turn: Turn, question: string, result: AskResult): AuditDraft {
  const { from, to, both, ports, transport, application } = result.reading;
  const reading = { from, to, both, ports, transport, application };
  const { intent, verdict, catalogue } = result;
  const after = { intent, reading, verdict, rules: result.rules.map(({ id }) => id), catalogue: catalogue.version };
  return deedEntry(turn, questionType, null, after, { question });
}

/** For an operator who wants no questions in the trail. */
export function withoutQuestions(plan: Plan): Plan {
  return { ...plan, commit: { ...plan.commit, audit: plan.commit.audit.filter(({ type }) => type !== questionType) } };
}
