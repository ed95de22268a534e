import { button, h } from './dom.ts';

export type Composer = { readonly element: HTMLElement; focus(): void; sendNow(text: string): void };

/**
 * A field to write in. Enter sends, Shift+Enter starts a line. What could not be sent stays, and is sent again under the
 * same id, so that it is done once even if only the answer was lost.
 */
export function createComposer(
  label: string,
  texts: Readonly<Record<string, string>>,
  send: (text: string, id: string) => Promise<void>,
): Composer {
  const field = h('textarea', { rows: '1', placeholder: label, 'aria-label': label });
  const submit = h('button', { type: 'submit', class: 'primary' }, texts['send'] ?? '');
  const problem = h('div', { role: 'alert' });
  const form = h('form', { class: 'composer' }, problem, h('div', { class: 'row' }, field, submit));
  let attempt: { readonly text: string; readonly id: string } | null = null;
  let busy = false;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  field.addEventListener('keydown', (event) => {
    // While an input method composes Chinese, Enter picks a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    go();
  });
  field.addEventListener('input', grow);

  async function go(): Promise<void> {
    const text = field.value.trim();
    if (busy || text === '') return;
    if (attempt?.text !== text) attempt = { text, id: crypto.randomUUID() };
    setBusy(true);
    problem.replaceChildren();
    try {
      await send(text, attempt.id);
      attempt = null;
      if (field.value.trim() === text) field.value = '';
      grow();
    } catch (error) {
      const said = error instanceof Error && 'said' in error && typeof error.said === 'string' ? error.said : null;
      problem.append(
        h(
          'p',
          { class: 'failure' },
          said ?? texts['failed.send'] ?? '',
          ' ',
          button(texts['retry'] ?? '', {}, () => void go()),
        ),
      );
    }
    setBusy(false);
  }

  function setBusy(is: boolean): void {
    busy = is;
    submit.disabled = is;
    submit.textContent = texts[is ? 'sending' : 'send'] ?? '';
  }

  function grow(): void {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  }

  return {
    element: form,
    focus: () => field.focus(),
    sendNow(text) {
      field.value = text;
      field.focus();
      go();
    },
  };
}
