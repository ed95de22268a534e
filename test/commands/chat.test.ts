import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { HandleTurn } from '../../src/app/ports.ts';
import type { Activity } from '../../src/chat/activity.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import { chat } from '../../src/commands/chat.ts';
import { AppError } from '../../src/errors.ts';
import { cards } from '../support/cards.ts';
import { postingOf } from '../support/posting.ts';

type Waiting = (platform: ChatPlatform) => Promise<void>;

/** Plays a script from standard input; `deliveries` are what the outbox holds, a batch each time it is asked. */
async function play(script: string, handleTurn: HandleTurn, deliveries: Waiting[] = [], isTTY = false): Promise<string> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  let ids = 0;
  input.end(script);
  await chat({
    account: { id: 'approver', name: '陈安' },
    reader: { locale: 'en', zone: 'UTC' },
    say: ({ key }) => `<${key}>`,
    newId: () => {
      ids += 1;
      return `turn-${ids}`;
    },
    connect: (platform) => ({ handleTurn, deliver: async () => deliveries.shift()?.(platform) }),
    input,
    output,
  });
  output.end();
  return Buffer.concat(await output.toArray()).toString();
}

/** A handler that remembers what it was asked. */
function listener(reply: HandleTurn = async () => ({ cards: [cards.answer], private: false })) {
  const activities: Activity[] = [];
  const handleTurn: HandleTurn = (activity) => {
    activities.push(activity);
    return reply(activity);
  };
  return { activities, handleTurn };
}

const own = { platform: 'terminal', id: 'direct:approver', kind: 'direct', thread: null } as const;

describe('chat, fed by a script', () => {
  it('says each line as that person and prints the answer before the next; comments and blank lines say nothing', async () => {
    const { activities, handleTurn } = listener();
    const printed = await play('which ports?\n\n  # a note\nand 5061?\n', handleTurn);
    expect(activities).toMatchObject([
      { kind: 'message', text: 'which ports?', conversation: own, sender: { platform: 'terminal', id: 'approver', name: '陈安' } },
      { kind: 'message', text: 'and 5061?' },
    ]);
    expect(new Set(activities.map(({ id }) => id)).size).toBe(2);
    const order = ['<terminal.band>', '› which ports?', 'TCP 5061', '› and 5061?', 'TCP 5061'];
    let from = 0;
    for (const part of order) {
      const found = printed.indexOf(part, from);
      expect(found, part).toBeGreaterThanOrEqual(from);
      from = found + 1;
    }
  });

  it('loses no line while it is still delivering what waited', async () => {
    const { activities, handleTurn } = listener();
    await play('one\ntwo\n', handleTurn, [() => new Promise((resolve) => setTimeout(resolve, 20))]);
    expect(activities).toMatchObject([{ text: 'one' }, { text: 'two' }]);
  });

  it('presses the button of a number, on the latest card that has any', async () => {
    const { activities, handleTurn } = listener(async ({ kind }) => ({
      cards: kind === 'message' ? [cards.answer, cards.question] : [],
      private: false,
    }));
    await play('which ports?\n2\n', handleTurn);
    expect(activities[1]).toMatchObject({ kind: 'click', action: 'say', data: { text: 'Director to Edge' }, message: 'turn-1:0' });
  });

  it('takes a number that is no button for an answer', async () => {
    const { activities, handleTurn } = listener();
    await play('7\n5061\nwhich ports?\n9\n', handleTurn);
    expect(activities.map((activity) => (activity.kind === 'message' ? activity.text : activity.kind))).toEqual([
      '7',
      '5061',
      'which ports?',
      '9',
    ]);
  });

  it('prints what a copy button holds, and asks nobody', async () => {
    const { activities, handleTurn } = listener();
    const printed = await play('which ports?\n3\n', handleTurn);
    expect(activities.length).toBe(1);
    expect(printed.slice(printed.indexOf('› 3'))).toContain('TCP 5061    DIR-6');
  });

  it('shows first what waited for this person, each message once, and an edit as an update', async () => {
    const { handleTurn } = listener();
    const printed = await play('hello\n', handleTurn, [
      async (platform) => {
        expect(platform.reach).toEqual(own);
        expect(platform.direct('engineer')).toEqual({ ...own, id: 'direct:engineer' });
        await platform.post(postingOf(own, cards.request, 'row-1'));
        await platform.post(postingOf(own, cards.request, 'row-1'));
      },
      async (platform) => {
        await platform.edit(
          { conversation: own, id: 'row-1' },
          {
            card: { ...cards.request, title: 'FCR-12 approved', actions: [] },
            views: null,
          },
        );
      },
    ]);
    expect(printed.split('FCR-12 · Open').length - 1).toBe(1);
    expect(printed.indexOf('FCR-12 · Open')).toBeLessThan(printed.indexOf('› hello'));
    expect(printed).toMatch(/<terminal\.updated>\nFCR-12 approved/);
  });

  it('no longer presses the buttons that an edit took away', async () => {
    const { activities, handleTurn } = listener(async () => ({ cards: [], private: false }));
    await play('hello\n1\n', handleTurn, [
      async (platform) => void (await platform.post(postingOf(own, cards.request, 'row-1'))),
      async (platform) =>
        void (await platform.edit({ conversation: own, id: 'row-1' }, { card: { ...cards.request, actions: [] }, views: null })),
    ]);
    expect(activities[1]).toMatchObject({ kind: 'message', text: '1' });
  });

  it('takes a line that begins with # for an answer where somebody sits at the terminal', async () => {
    const { activities, handleTurn } = listener();
    await play('#4711\n', handleTurn, [], true);
    expect(activities).toMatchObject([{ text: '#4711' }]);
  });

  it('goes on after a fault where somebody sits at the terminal', async () => {
    let faults = 1;
    const printed = await play(
      'one\ntwo\n',
      async () => {
        faults -= 1;
        if (faults >= 0) throw new TypeError('a bug');
        return { cards: [cards.answer], private: false };
      },
      [],
      true,
    );
    expect(printed).toMatch(/<terminal\.fault>.*DIR-6/s);
  });

  it('says that the database is busy and goes on, and lets a fault of the program itself through', async () => {
    let busy = true;
    const printed = await play('one\ntwo\n', async () => {
      if (busy) {
        busy = false;
        throw new AppError('store-busy', 'locked');
      }
      return { cards: [cards.answer], private: false };
    });
    expect(printed).toMatch(/<terminal\.busy>.*› two.*DIR-6/s);
    await expect(play('one\n', () => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
  });
});
