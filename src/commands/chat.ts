import { clearLine, createInterface, cursorTo } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { createTerminalPlatform } from '../adapters/terminal/platform.ts';
import { createScreen } from '../adapters/terminal/screen.ts';
import { createSession } from '../adapters/terminal/session.ts';
import type { HandleTurn } from '../app/ports.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Message, Reader, Say } from '../locale.ts';

const prompt = '› ';
const listenEveryMs = 1_000;
const columnsWithoutTerminal = 100;

export type ChatParts = {
  readonly account: { readonly id: string; readonly name: string };
  readonly reader: Reader;
  readonly say: Say;
  readonly newId: () => string;
  /** Wires the program to this terminal. `deliver` brings out what is due on it. */
  readonly connect: (platform: ChatPlatform) => { readonly handleTurn: HandleTurn; readonly deliver: () => Promise<void> };
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly columns?: number };
};

/**
 * The bot in a terminal, as one person, until the input ends. Without a terminal, a script: one line a message, each
 * answered and delivered before the next is read; a line that begins with # is a comment.
 */
export async function chat(parts: ChatParts): Promise<void> {
  const { account, input, output, newId } = parts;
  const interactive = input.isTTY === true;
  const lines = createInterface({ input, output: interactive ? output : undefined, prompt, terminal: interactive });
  // From here on no line is lost, however long it takes until the first is looked at.
  const typed = lines[Symbol.asyncIterator]();
  const write = (text: string) => {
    if (!interactive) return void output.write(text);
    // What arrives while somebody types goes above their line.
    clearLine(output, 0);
    cursorTo(output, 0);
    output.write(text);
    lines.prompt(true);
  };
  const say = (message: Message) => parts.say(message, parts.reader);
  const screen = createScreen(write, () => output.columns ?? columnsWithoutTerminal);
  const updated = ({ locale }: { locale: Reader['locale'] }) => parts.say({ key: 'terminal.updated' }, { ...parts.reader, locale });
  const { handleTurn, deliver } = parts.connect(createTerminalPlatform(account.id, screen, updated));
  const session = createSession({ account, screen, handleTurn, say, deliver, newId });

  screen.say(say({ key: 'terminal.band' }));
  if (interactive) screen.say(say({ key: 'terminal.hint' }));
  // Whoever sits there is told of a fault and can go on; a script ends at it.
  const told = (error: unknown): void => {
    if (!interactive) throw error;
    screen.say(say({ key: 'terminal.fault', params: { what: error instanceof Error ? error.message : String(error) } }));
  };
  await deliver().catch(told);
  // What others do comes in while the line is empty: nobody's number shall press a button that came while they typed it.
  const hear = () => {
    if (lines.line === '') deliver().catch(() => undefined);
  };
  const listening = interactive ? setInterval(hear, listenEveryMs) : undefined;
  try {
    for await (const line of typed) {
      if (!interactive) {
        if (/^\s*(#|$)/.test(line)) continue;
        output.write(`${prompt}${line}\n`);
      }
      await session.line(line).catch(told);
    }
  } finally {
    clearInterval(listening);
  }
}
