import { neededScopes } from '../../src/adapters/slack/start-check.ts';
import type { Knowledge } from '../../src/app/ports.ts';
import { loadTestKnowledge } from './knowledge.ts';
import { type SlackEmulator, startEmulator, type WorkspacePerson, workspacePeople } from './slack-emulator.ts';
import { type SlackFront, startFront } from './slack-front.ts';
import { type ProcessOptions, type SlackProcess, startProcess } from './slack-process.ts';
import { SlackSeat } from './slack-seat.ts';
import { createSender, type SlackSender } from './slack-sender.ts';

/** A workspace that outlives the processes that serve it. */
export type Workspace = {
  readonly emulator: SlackEmulator;
  readonly front: SlackFront;
  /** The sample people as they are known in this workspace. Visitors and strangers are in no file. */
  readonly knowledge: Knowledge;
  readonly close: () => Promise<void>;
};

export type SlackWorld = SlackProcess &
  Pick<Workspace, 'emulator' | 'front'> & {
    readonly sender: SlackSender;
    readonly seat: (person: WorkspacePerson) => SlackSeat;
  };

export type WorldOptions = Partial<ProcessOptions> & {
  /** One that is there already, and stays. */
  readonly workspace?: Workspace;
};

export async function startWorkspace(): Promise<Workspace> {
  const emulator = await startEmulator();
  const front = await startFront(emulator, neededScopes);
  const knowledge = loadTestKnowledge();
  const people = knowledge.people.map((person) => {
    const name = workspacePeople.find((one) => one === person.id);
    return name === undefined ? person : { ...person, identities: { slack: emulator.user(name) } };
  });
  return {
    emulator,
    front,
    knowledge: { ...knowledge, people },
    close: async () => {
      await front.close();
      await emulator.close();
    },
  };
}

/** One process that serves a workspace, and the people in it. */
export async function startWorld(options: WorldOptions = {}): Promise<SlackWorld> {
  const workspace = options.workspace ?? (await startWorkspace());
  const { emulator, front, knowledge } = workspace;
  const served = await startProcess({ api: front.api, approvals: emulator.channel('approvals'), knowledge, ...options });
  const sender = createSender(() => served.events);
  const seats = new Map<WorkspacePerson, SlackSeat>(
    workspacePeople.map((name) => [name, new SlackSeat(name, { emulator, front, sender })]),
  );
  return {
    ...served,
    emulator,
    front,
    sender,
    seat: (person) => seats.get(person) ?? new SlackSeat(person, { emulator, front, sender }),
    async close() {
      await served.close();
      if (options.workspace === undefined) await workspace.close();
    },
  };
}
