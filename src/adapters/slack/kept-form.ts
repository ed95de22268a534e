import type { Card } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Say } from '../../locale.ts';

/** For a form that could not be shown: what was begun is kept, and a new press opens it. */
export function keptFormCard(form: Form, say: Say): Card {
  const reader = { locale: form.locale, zone: 'UTC' };
  const text = say({ key: 'slack.form-kept', params: { title: form.title } }, reader);
  const label = say({ key: 'slack.button.open-form' }, reader);
  return {
    locale: form.locale,
    title: null,
    elements: [{ kind: 'text', spans: [text] }],
    actions: [{ kind: 'button', label, action: 'dialog.form', data: { draft: form.draft }, style: 'primary' }],
    summary: text,
  };
}
