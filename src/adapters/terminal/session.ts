import type { HandleTurn } from '../../app/ports.ts';
import type { Activity } from '../../chat/activity.ts';
import { visible } from '../../chat/visible.ts';
import { AppError } from '../../errors.ts';
import type { Message } from '../../locale.ts';
import { terminalConversation, terminalPlatformId } from './platform.ts';
import type { Choice, Screen } from './screen.ts';

export type SessionParts = {
  readonly account: { readonly id: string; readonly name: string };
  readonly screen: Screen;
  readonly handleTurn: HandleTurn;
  /** Says the terminal's own words in the person's language. */
  readonly say: (message: Message) => string;
  /** Brings out everything that is due now. */
  readonly deliver: () => Promise<void>;
  readonly newId: () => string;
};

type Did<Kind extends Activity['kind']> = Omit<Extract<Activity, { kind: Kind }>, 'id' | 'conversation' | 'sender' | 'surface'>;

/** One person at a terminal. */
export type Session = {
  /** Takes a line: a number presses that button of the latest card, everything else is said. Ends when all is answered and delivered. */
  line(text: string): Promise<void>;
  press(choice: Choice): Promise<void>;
};

export function createSession(parts: SessionParts): Session {
  const { account, screen, handleTurn, say, deliver, newId } = parts;

  async function act(deed: Did<'message'> | Did<'click'>) {
    const id = newId();
    const sender = { platform: terminalPlatformId, tenant: null, standing: 'member', ...account } as const;
    try {
      const reply = await handleTurn({ id, conversation: terminalConversation(account.id), sender, surface: 'chat', ...deed });
      for (const [index, card] of reply.cards.entries()) screen.show({ id: `${id}:${index}`, card }, null);
      await deliver();
    } catch (error) {
      // The database gave way underneath; what is wrong with the program itself goes up.
      if (!(error instanceof AppError)) throw error;
      screen.say(say(error.code === 'store-busy' ? { key: 'terminal.busy' } : { key: 'terminal.fault', params: { what: error.message } }));
    }
  }

  async function press({ message, action }: Choice): Promise<void> {
    if (action.kind === 'copy') screen.say(visible(action.text));
    else await act({ kind: 'click', action: action.action, data: action.data, message });
  }

  return {
    press,
    async line(text) {
      const typed = text.trim();
      if (typed === '') return;
      const choice = /^\d{1,2}$/.test(typed) ? screen.choice(Number(typed)) : null;
      await (choice === null ? act({ kind: 'message', text: typed, heard: 'addressed' }) : press(choice));
    },
  };
}
