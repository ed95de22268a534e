import { z } from 'zod';
import type { JsonObject } from '../../src/locale.ts';
import type { TestClock } from './program.ts';
import { startTeams, type TestTeams } from './teams.ts';
import { buttonsOf, inputsOf, textOf } from './teams-card.ts';
import type { PostedMessage } from './teams-connector.ts';
import { type Person, personally, type Where } from './teams-person.ts';
import type { Place, Press, Seat, Stage } from './transcript.ts';

const approvals = { kind: 'channel', id: '19:approvals@thread.tacv2' } as const satisfies Where;

type Sight = {
  readonly id: string;
  readonly place: Place;
  readonly root: string | null;
  readonly content: JsonObject;
  readonly own: boolean;
};
type LookingSeat = Seat & { look(): Promise<void> };

/** A tenant of Microsoft Teams whose administrator has said where approvers meet. */
export async function openTeamsStage(clock: TestClock): Promise<Stage> {
  const teams = await startTeams({ clock });
  teams.connector.addChannel(approvals.id);
  await teams.deliver(teams.who('admin').message('<at>portclerk</at> approvals here', approvals));
  await teams.posted(approvals.id, () => true);
  const seats: LookingSeat[] = [];
  return {
    async seat(person) {
      const seat = teamsSeat(teams, teams.who(person));
      await seat.look();
      await seat.news('approvals');
      seats.push(seat);
      return seat;
    },
    async settle() {
      await teams.settle();
      for (const seat of seats) await seat.look();
    },
    async close() {
      await teams.close();
      if (teams.connector.breaches.length > 0) throw new Error(teams.connector.breaches.join('\n'));
      for (const fault of teams.faults) throw fault;
    },
  };
}

/** Also of those that show something without asking the bot. */
function titlesOf(content: JsonObject): readonly string[] {
  return [...JSON.stringify(content).matchAll(/"type":"Action\.\w+","title":("(?:[^"\\]|\\.)*")/g)].map(([, title]) =>
    String(JSON.parse(title ?? '""')),
  );
}

const refreshSchema = z.object({ userIds: z.array(z.string()) });

function teamsSeat(teams: TestTeams, person: Person): LookingSeat {
  let inSight: readonly Sight[] = [];
  let thread: string | null = null;
  /** What the last press was answered with: a card in the pressed one's place, or a line under it. */
  let lines: string[] = [];
  /** A button that wants words of the card's own input: pressed once they are said. */
  let waiting: ((reason: string) => Promise<void>) | null = null;
  const told = new Map<string, string>();
  const replaced = new Map<string, { readonly of: string; readonly by: JsonObject }>();

  async function sightOf(message: PostedMessage, place: Place): Promise<Sight> {
    const standing = replaced.get(message.id);
    if (standing?.of === JSON.stringify(message.content)) {
      return { id: message.id, place, root: message.root, content: standing.by, own: true };
    }
    const refresh = refreshSchema.safeParse(message.content['refresh']);
    const view = refresh.success && refresh.data.userIds.includes(person.user.mri) ? await person.views(message, approvals) : null;
    return { id: message.id, place, root: message.root, content: view?.card ?? message.content, own: view !== null };
  }

  return {
    async look() {
      const messages = [
        ...(person.user.installed ? teams.connector.messages(person.personal).map((message) => sightOf(message, 'direct')) : []),
        ...teams.connector.messages(approvals.id).map((message) => sightOf(message, 'approvals')),
      ];
      inSight = await Promise.all(messages);
    },
    async say(text, where) {
      if (waiting !== null) {
        const press = waiting;
        waiting = null;
        return press(text);
      }
      const place: Where = where === 'direct' ? personally : { ...approvals, ...(thread === null ? {} : { thread }) };
      await teams.deliver(person.message(text, place));
    },
    button(label, on, where): Press | null {
      for (const sight of inSight.filter(({ place }) => place === where).toReversed()) {
        const found = buttonsOf(sight.content).find(({ title }) => title === label);
        if (found === undefined || (on !== null && !textOf(sight.content).includes(on))) continue;
        const press = async (typed: Record<string, string>): Promise<void> => {
          const answer = await person.presses(sight, label, typed, where === 'direct' ? personally : approvals);
          const posted = [...teams.connector.messages(person.personal), ...teams.connector.messages(approvals.id)];
          const message = posted.find(({ id }) => id === sight.id);
          // What the bot answers is seen at once; an edit of the posted card may follow it.
          lines.push(answer.line);
          if (answer.card !== null && message !== undefined)
            replaced.set(sight.id, { of: JSON.stringify(message.content), by: answer.card });
        };
        return async () => {
          if (where === 'approvals') thread = sight.root ?? sight.id;
          const wantsWords = where === 'approvals' && 'reason' in inputsOf(sight.content) && !['Approve', '批准'].includes(label);
          if (!wantsWords) return press({});
          waiting = (reason) => press({ reason });
          lines.push(textOf(sight.content));
        };
      }
      return null;
    },
    async news(where) {
      const fresh = inSight.filter(({ place }) => place === where).filter(({ id, content }) => told.get(id) !== JSON.stringify(content));
      for (const { id, content } of fresh) told.set(id, JSON.stringify(content));
      const text = [...lines, ...fresh.map(({ content }) => textOf(content))].join('\n');
      lines = [];
      return { text, buttons: fresh.flatMap(({ content }) => titlesOf(content)) };
    },
  };
}
