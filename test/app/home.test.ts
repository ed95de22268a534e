import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Home } from '../../src/chat/home.ts';
import type { Delivery } from '../../src/chat/platform.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { cardText, Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

/** A platform with a page for each person. */
class Pages extends Recorder {
  override readonly capabilities = { ...new Recorder().capabilities, home: true };
  readonly pages = new Map<string, Home>();
  showHome(account: string, home: Home): Promise<Delivery> {
    this.pages.set(account, home);
    return Promise.resolve({
      kind: 'delivered',
      message: { conversation: this.direct(account), id: `home-${account}` },
    });
  }
}

let started: TestProgram;
let recorder: Pages;
const seat = (who: string) => new Seat(started, recorder, who);
const sender = (id: string) => ({ platform: 'web', tenant: null, id, name: id, standing: 'member' }) as const;
const homeOf = (who: string) => started.program.home(sender(who));

beforeEach(async () => {
  started = await startProgram();
  recorder = new Pages();
  started.program.attach(recorder);
});
afterEach(() => started.close());

async function submit(who = 'engineer', count = 1): Promise<Seat> {
  const person = seat(who);
  for (let number = 1; number <= count; number += 1) {
    await askAndFillIn(person);
    await person.press('Submit');
  }
  return person;
}

/** Others on their way overlap with it, which has to be looked at first. */
async function approve(id: string): Promise<void> {
  const approver = seat('approver');
  while (!(await approver.say(`approve ${id}`)).includes('is approved'));
}

/** The section of that heading, each of its cards as a text. */
function section(home: Home, heading: string) {
  const found = home.sections.find((one) => one.heading.startsWith(heading));
  if (found === undefined) throw new Error(`no section ${heading} among ${home.sections.map((one) => one.heading).join(', ')}`);
  return { ...found, texts: found.cards.map(cardText) };
}
const ids = (texts: readonly string[]) => texts.map((text) => /FCR-\d+/.exec(text)?.[0]);

describe('a person’s page', () => {
  it('says where nothing is to be done, and begins a request', async () => {
    const home = await homeOf('engineer');
    expect(home.sections.map(({ none }) => none)).toEqual([
      'Nothing waits for your decision.',
      'No drafts.',
      'None of your requests is open.',
    ]);
    expect(home.actions.map(({ label }) => label)).toEqual(['New request', 'My requests']);
    expect((await homeOf('auditor')).actions.map(({ label }) => label)).toEqual(['My requests']);
  });

  it('has what waits for one’s decision, the longest wait first, with the buttons to decide', async () => {
    await submit('engineer', 2);
    const waiting = section(await homeOf('approver'), 'Waiting for your decision (2)');
    expect(ids(waiting.texts)).toEqual(['FCR-1', 'FCR-2']);
    expect(waiting.texts[0]).toContain('[Approve] [Reject]');
    expect(section(await homeOf('engineer'), 'Waiting').cards).toEqual([]);
    await approve('FCR-1');
    expect(ids(section(await homeOf('approver'), 'Waiting').texts)).toEqual(['FCR-2']);
  });

  it('puts first what is the person’s own turn: sent back, asked, to be verified', async () => {
    const engineer = await submit('engineer', 5);
    const approver = seat('approver');
    await approver.say('send back FCR-2 name the ticket');
    await approver.say('ask FCR-3 which two servers?');
    await approve('FCR-1');
    const implementer = seat('implementer');
    await implementer.press('开始实施');
    await implementer.press('登记结果');
    await implementer.press('已实施');
    await implementer.say('fw-core commit 4f2a1c');
    await implementer.press('提交');
    const mine = section(await homeOf('engineer'), 'My requests (5)');
    expect(ids(mine.texts)).toEqual(['FCR-2', 'FCR-3', 'FCR-1', 'FCR-5', 'FCR-4']);
    expect(mine.texts[0]).toContain('[Change and resubmit]');
    expect(mine.texts[1]).toContain('[Answer]');
    expect(mine.texts[2]).toContain('[It works]');
    await engineer.press('It works');
    await engineer.say('withdraw FCR-5');
    expect(ids(section(await homeOf('engineer'), 'My requests').texts)).toEqual(['FCR-2', 'FCR-3', 'FCR-4']);
  });

  it('has what is to be implemented for those who do that, begun first, in their language', async () => {
    await submit('engineer', 3);
    for (const id of ['FCR-1', 'FCR-2', 'FCR-3']) await approve(id);
    const implementer = seat('implementer');
    const [, , third] = section(await homeOf('implementer'), '待实施（3）').cards;
    const start = third?.actions.find(({ label }) => label === '开始实施');
    if (start?.kind !== 'button') throw new Error('nothing to start');
    await implementer.take(implementer.click(start));
    expect(ids(section(await homeOf('implementer'), '待实施').texts)).toEqual(['FCR-3', 'FCR-1', 'FCR-2']);
    expect((await homeOf('engineer')).sections.map(({ heading }) => heading)).not.toContain('To implement');
  });

  it('has the drafts, each taken up again by its button', async () => {
    const engineer = seat('engineer');
    await engineer.say('open 443/tcp from 192.0.2.10 to 198.51.100.21');
    await engineer.say('keep as draft');
    const drafts = section(await homeOf('engineer'), 'Drafts (1)');
    expect(drafts.texts[0]).toContain('198.51.100.21 : 443/tcp');
    const resume = drafts.cards[0]?.actions[0];
    if (resume?.kind !== 'button') throw new Error('no button');
    expect(await engineer.take(engineer.click(resume))).toContain('Why is it needed?');
  });

  it('counts what does not stand in a section', async () => {
    await submit('engineer', 12);
    const mine = section(await homeOf('engineer'), 'My requests (12)');
    expect(mine.cards).toHaveLength(10);
    expect(mine.more).toBe('And 2 more.');
  });

  it('is shown anew to everyone concerned when a request moves', async () => {
    await submit();
    expect(section(recorder.pages.get('approver') ?? (await homeOf('auditor')), 'Waiting').cards).toHaveLength(1);
    await seat('approver').say('approve FCR-1');
    expect(section(recorder.pages.get('approver') ?? (await homeOf('auditor')), 'Waiting').cards).toHaveLength(0);
    expect(section(recorder.pages.get('implementer') ?? (await homeOf('auditor')), '待实施').cards).toHaveLength(1);
    expect(cardText(section(recorder.pages.get('engineer') ?? (await homeOf('auditor')), 'My requests').cards[0] ?? never())).toContain(
      'approved',
    );
  });

  it('tells a stranger their id and nothing of anybody’s requests', async () => {
    await submit();
    const home = await homeOf('stranger');
    expect(home.title).toContain('stranger');
    expect(home.sections).toEqual([]);
    expect(home.actions).toEqual([]);
  });
});

function never(): never {
  throw new Error('no card');
}
