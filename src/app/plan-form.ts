import type { FormSubmission } from '../chat/form.ts';
import { fillDialog, goneDraft } from './dialogs.ts';
import { asPerson, type Plan, type Surroundings, type Turn } from './turn.ts';

/** What a page of a form that was sent back means: its draft is only a hint where to look. */
export function planForm(turn: Turn, submission: FormSubmission, surroundings: Surroundings): Promise<Plan> {
  return asPerson(turn, 'draft.fill', async (person) => {
    const draft = await surroundings.store.draft(submission.draft);
    if (!draft || draft.person !== person.person.id) return goneDraft(person, submission.draft, surroundings);
    return fillDialog(person, draft, submission, surroundings);
  });
}
