import type { TestClock } from './program.ts';
import { bot, workspacePeople } from './slack-emulator.ts';
import type { Reachable, SlackSeat } from './slack-seat.ts';
import { buttonsOf, fieldsOf, readable } from './slack-seen.ts';
import { type SlackWorld, startWorld } from './slack-world.ts';
import type { Place, Press, Seat, Stage } from './transcript.ts';

/** Something in front of somebody: a message, one for their eyes alone, or a modal. */
type Sight = { readonly id: string; readonly place: Place | 'both'; readonly blocks: readonly unknown[]; readonly at: Reachable['at'] };

type LookingSeat = Seat & { look(): Promise<void> };

/** A Slack workspace, with one process that serves it. */
export async function openSlackStage(clock: TestClock): Promise<Stage> {
  const world = await startWorld({ clock });
  const seats: LookingSeat[] = [];
  return {
    async seat(person) {
      const seat = slackSeat(world, world.seat(workspacePeople.find((name) => name === person) ?? 'stranger'));
      seats.push(seat);
      return seat;
    },
    async settle() {
      await world.settled();
      for (const seat of seats) await seat.look();
    },
    async close() {
      await world.close();
      if (world.front.problems.length > 0) throw new Error(world.front.problems.join('\n'));
      for (const fault of world.started.faults) throw fault;
    },
  };
}

function slackSeat(world: SlackWorld, seat: SlackSeat): LookingSeat {
  const approvals = world.emulator.channel('approvals');
  let inSight: readonly Sight[] = [];
  let thread: string | null = null;
  const told = new Map<string, string>();

  async function sights(): Promise<readonly Sight[]> {
    const modal = world.front.modals.get(seat.id);
    const channels = [
      { channel: await seat.direct(), place: 'direct' },
      { channel: approvals, place: 'approvals' },
    ] as const;
    const standing: Sight[] = [];
    for (const { channel, place } of channels) {
      for (const top of await seat.messages(channel)) {
        for (const message of await seat.messages(channel, top.ts)) {
          if (message.user !== bot.user) continue;
          standing.push({ id: `${channel}:${message.ts}`, place, blocks: message.blocks, at: { channel, message, ephemeral: false } });
        }
      }
    }
    const whispers = world.front.whispers.filter(({ user }) => user === seat.id);
    const whispered = whispers.map(({ channel, ts, thread: thread_ts, text, blocks }): Sight => {
      const message = { ts, thread_ts, user: bot.user, text, blocks: [...blocks] };
      return {
        id: `${channel}:${ts}`,
        place: channel === approvals ? 'approvals' : 'direct',
        blocks,
        at: { channel, message, ephemeral: true },
      };
    });
    const messages = [...standing, ...whispered].sort((one, other) => tsOf(one).localeCompare(tsOf(other)));
    return modal === undefined ? messages : [...messages, { id: modal.id, place: 'both', blocks: modal.blocks, at: { view: modal } }];
  }

  const isAt = (where: Place) => (sight: Sight) => sight.place === where || sight.place === 'both';

  return {
    async look() {
      inSight = await sights();
    },
    async say(text, where) {
      const modal = world.front.modals.get(seat.id);
      const [field] = modal === undefined ? [] : fieldsOf(modal.blocks);
      if (field !== undefined) await seat.submit({ [field]: text });
      else if (where === 'direct') await seat.tell(text);
      else await seat.say(text, { channel: approvals, ...(thread === null ? {} : { thread }) });
    },
    button(label, on, where): Press | null {
      for (const sight of inSight.filter(isAt(where)).toReversed()) {
        const found = buttonsOf(sight.blocks).find((button) => button.label === label);
        if (found === undefined || (on !== null && !readable(sight.blocks).includes(on))) continue;
        return async () => {
          if (where === 'approvals' && 'message' in sight.at) thread = sight.at.message.thread_ts ?? sight.at.message.ts;
          await seat.click({ button: found, at: sight.at });
        };
      }
      return null;
    },
    async news(where) {
      const fresh = inSight.filter(isAt(where)).filter(({ id, blocks }) => told.get(id) !== JSON.stringify(blocks));
      for (const { id, blocks } of fresh) told.set(id, JSON.stringify(blocks));
      return {
        text: fresh.map(({ blocks }) => readable(blocks)).join('\n'),
        buttons: fresh.flatMap(({ blocks }) => buttonsOf(blocks).map(({ label }) => label)),
      };
    },
  };
}

const tsOf = ({ at }: Sight): string => ('message' in at ? at.message.ts : '');
