import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTerminalPlatform } from '../../src/adapters/terminal/platform.ts';
import { createScreen, type Screen, type ShownCard } from '../../src/adapters/terminal/screen.ts';
import { createSession } from '../../src/adapters/terminal/session.ts';
import type { WebParts } from '../../src/adapters/web/server.ts';
import { startProgram, type TestClock, type TestProgram } from './program.ts';
import type { Seat, Stage } from './transcript.ts';
import { type WebSeat, webSeat } from './transcript-web-seat.ts';
import { runWeb } from './web.ts';

/** Wide enough that nothing a transcript looks for is broken over two lines. */
const columns = 10_000;

export type PageStage = Stage & {
  readonly port: number;
  readonly running: TestProgram;
  /** Ends every open event stream. */
  interrupt(): void;
};

/** The page's server with the whole program behind it. */
export async function openPageStage(clock: TestClock, page: Partial<WebParts> = {}): Promise<PageStage> {
  const running = await startProgram({ clock });
  const { program, store, knowledge } = running;
  const web = await runWeb({ handleTurn: program.handleTurn, knowledge, board: store, clock, ...page });
  program.attach(web.platform);
  const seats: WebSeat[] = [];
  return {
    port: web.port,
    interrupt: () => web.close(),
    running,
    async seat(person) {
      const seat = await webSeat(web, person);
      seats.push(seat);
      return seat;
    },
    async settle() {
      await program.deliver();
      for (const seat of seats) await seat.catchUp();
    },
    async close() {
      for (const seat of seats) seat.close();
      await web.stop();
      await running.close();
      for (const fault of [...web.faults, ...running.faults]) throw fault;
    },
  };
}

/** A terminal for each person, all over one database, each with a program of its own as in processes of their own. */
export async function openTerminalStage(clock: TestClock): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-'));
  const programs: TestProgram[] = [];
  const settle = async () => {
    for (const { program } of programs) await program.deliver();
  };
  return {
    settle,
    async seat(person) {
      const running = await startProgram({ clock, databaseUrl: `sqlite:${join(folder, 'test.db')}` });
      programs.push(running);
      return terminalSeat(person, running);
    },
    async close() {
      await settle();
      for (const running of programs) await running.close();
      rmSync(folder, { recursive: true });
      for (const fault of programs.flatMap(({ faults }) => faults)) throw fault;
    },
  };
}

function terminalSeat(id: string, { program, knowledge }: TestProgram): Seat {
  const { people, say } = knowledge.current();
  const person = people.find((candidate) => candidate.id === id);
  const reader = person ?? { locale: 'en', zone: 'UTC' };
  const inSight = new Map<string, ShownCard>();
  let printed = '';
  let buttons: string[] = [];
  const real = createScreen(
    (text) => {
      printed += text;
    },
    () => columns,
  );
  const screen: Screen = {
    ...real,
    show(shown, note) {
      inSight.delete(shown.id);
      inSight.set(shown.id, shown);
      buttons.push(...shown.card.actions.map(({ label }) => label));
      real.show(shown, note);
    },
  };
  program.attach(createTerminalPlatform(id, screen, (card) => say({ key: 'terminal.updated' }, { ...reader, locale: card.locale })));
  const account = { id, name: person?.name ?? id };
  const session = createSession({
    account,
    screen,
    handleTurn: program.handleTurn,
    say: (message) => say(message, reader),
    deliver: program.deliver,
    newId: randomUUID,
  });
  return {
    say: (text) => session.line(text),
    button(label, on) {
      const card = [...inSight.values()]
        .reverse()
        .find(({ card }) => card.actions.some((action) => action.label === label) && (on === null || JSON.stringify(card).includes(on)));
      const index = card?.card.actions.findIndex((action) => action.label === label) ?? -1;
      const action = card?.card.actions[index];
      if (card === undefined || action === undefined) return null;
      const standing = { message: card.id, action };
      return () => (screen.choice(index + 1)?.action === action ? session.line(String(index + 1)) : session.press(standing));
    },
    async news() {
      const seen = { text: printed, buttons };
      printed = '';
      buttons = [];
      return seen;
    },
  };
}
