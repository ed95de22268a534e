import { button, h } from './dom.ts';

declare const AdaptiveCards: typeof import('adaptivecards');

const text = { default: 'var(--ink)', subtle: 'var(--quiet)' };
const colour = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name})` });
const foregroundColors = {
  default: text,
  dark: text,
  light: text,
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('warning'),
  attention: colour('attention'),
};
const container = (name: string) => ({ backgroundColor: `var(--${name}-ground)`, borderColor: 'var(--line)', foregroundColors });

/** Colours are the page's own, so that a card follows light and dark. */
const hostConfig = {
  fontFamily: 'inherit',
  fontTypes: {
    default: { fontFamily: 'inherit', fontSizes: { small: 13, default: 15, medium: 16, large: 18, extraLarge: 22 } },
    monospace: {
      fontFamily: 'ui-monospace, Consolas, monospace',
      fontSizes: { small: 12, default: 14, medium: 15, large: 17, extraLarge: 20 },
    },
  },
  fontWeights: { lighter: 400, default: 400, bolder: 650 },
  spacing: { small: 6, default: 10, medium: 14, large: 18, extraLarge: 24, padding: 10 },
  containerStyles: {
    default: container('card'),
    emphasis: container('soft'),
    accent: container('soft'),
    good: container('good'),
    warning: container('warning'),
    attention: container('attention'),
  },
  actions: { maxActions: 30, spacing: 'medium', buttonSpacing: 8, actionsOrientation: 'horizontal', actionAlignment: 'left' },
  table: { cellSpacing: 6 },
  textStyles: { columnHeader: { size: 'small', weight: 'bolder', isSubtle: true } },
  supportsInteractivity: true,
};

export type CardHost = {
  /** Does what a button says. Rejects when that failed and may be tried again. */
  press(data: object): Promise<void>;
  readonly texts: Readonly<Record<string, string>>;
  announce(text: string): void;
};

/** Shows a card with Microsoft's renderer. Buttons go to `host`; copy buttons are served here. */
export function showCard(card: object, host: CardHost): HTMLElement {
  const adaptive = new AdaptiveCards.AdaptiveCard();
  adaptive.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  const frame = h('div', { class: 'card' });
  adaptive.onExecuteAction = (action) => {
    if (!(action instanceof AdaptiveCards.SubmitAction) || typeof action.data !== 'object' || action.data === undefined) return;
    const { data } = action;
    if ('copy' in data && !('action' in data)) copyText(String(data.copy), frame, host);
    else press(data, frame, host);
  };
  adaptive.parse(card);
  const rendered = adaptive.render();
  if (rendered) {
    // The renderer makes a whole card a stop of the tab key; its buttons are stops enough.
    rendered.removeAttribute('tabindex');
    // What the renderer writes on these by itself would win over the page's stylesheet.
    rendered.style.padding = '0';
    for (const element of rendered.querySelectorAll('.ac-actionSet, .ac-actionSet > div, .ac-pushButton')) element.removeAttribute('style');
    frame.append(rendered);
  }
  return frame;
}

async function press(data: object, frame: HTMLElement, host: CardHost): Promise<void> {
  frame.querySelector('.failure')?.remove();
  setBusy(frame, true);
  try {
    await host.press(data);
  } catch (error) {
    const said = error instanceof Error && 'said' in error && typeof error.said === 'string' ? error.said : null;
    const retry = button(host.texts['retry'] ?? '', {}, () => press(data, frame, host));
    frame.append(h('p', { class: 'failure', role: 'alert' }, said ?? host.texts['failed.click'] ?? '', ' ', retry));
  } finally {
    setBusy(frame, false);
  }
}

function setBusy(frame: HTMLElement, busy: boolean): void {
  frame.setAttribute('aria-busy', String(busy));
  for (const each of frame.querySelectorAll('button')) each.disabled = busy;
}

async function copyText(copied: string, frame: HTMLElement, host: CardHost): Promise<void> {
  for (const old of frame.querySelectorAll('.copy')) old.remove();
  try {
    await navigator.clipboard.writeText(copied);
    frame.append(h('p', { class: 'copy done' }, `✓ ${host.texts['copied']}`));
    host.announce(host.texts['copied'] ?? '');
  } catch {
    const field = h('textarea', { readonly: true, rows: '6' });
    field.value = copied;
    const label = h('label', {}, host.texts['copy.refused'] ?? '', field);
    const box = h('div', { class: 'copy' }, label);
    box.append(button(host.texts['copy.close'] ?? '', {}, () => box.remove()));
    frame.append(box);
    field.select();
    field.focus();
  }
}
