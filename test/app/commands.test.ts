import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

let started: TestProgram;
let recorder: Recorder;
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

async function submitted(): Promise<Seat> {
  const engineer = seat('engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  return engineer;
}

const stateOf = async () => (await started.store.requests())[0]?.state;

describe('/fcr list', () => {
  it.each(['/fcr list', 'fcr list', '/FCR  ls', '/fcr 列表', '/fcr my requests', '/fcr show'])(
    '%s names what is under way',
    async (text) => {
      const engineer = await submitted();
      await engineer.say(text);
      expect(engineer.said()).toContain('Your open requests: 1');
      expect(engineer.said()).toContain('FCR-1 · Open Edge (internal interface) → Director at Site A · Normal change · waiting for');
      await engineer.press('FCR-1');
      expect(engineer.said()).toContain('[Withdraw]');
    },
  );

  it('tells drafts apart by what was typed first, and says which question comes next', async () => {
    const engineer = seat('engineer');
    await engineer.say('open 5061/tcp from 192.0.2.10 to 198.51.100.20');
    await engineer.say('keep as draft');
    started.clock.set('2026-11-23T10:00:00.000Z');
    await engineer.say('open 443/tcp from 192.0.2.10 to 198.51.100.21');
    await engineer.say('keep as draft');
    started.clock.set('2026-11-23T11:00:00.000Z');
    await engineer.say('/fcr new');
    await engineer.say('keep as draft');
    await engineer.say('/fcr list');
    const drafts = engineer.replies.slice(1).map(({ summary }) => summary);
    expect(drafts).toHaveLength(3);
    expect(new Set(drafts).size).toBe(3);
    expect(drafts[0]).toContain('Next question: Where?');
    expect(drafts[1]).toContain('198.51.100.21 : 443/tcp');
    expect(drafts[2]).toContain('198.51.100.20 : 5061/tcp');
    const second = engineer.replies[2]?.actions.find((action) => action.kind === 'button');
    if (second?.kind !== 'button') throw new Error('no button');
    await engineer.take(engineer.click(second));
    await engineer.say('change flows');
    expect(engineer.said()).toContain('443');
  });

  it('counts what is more than it shows, and puts a request sent back first', async () => {
    const engineer = seat('engineer');
    for (let number = 1; number <= 12; number += 1) {
      await askAndFillIn(engineer);
      await engineer.press('Submit');
    }
    await seat('approver').say('send back FCR-2 name the ticket');
    await engineer.say('/fcr list');
    expect(engineer.said()).toContain('Your open requests: 12');
    expect(engineer.said().indexOf('FCR-2 ·')).toBeLessThan(engineer.said().indexOf('FCR-12 ·'));
    expect(engineer.said()).toContain('And 2 more.');
  });
});

describe('/fcr show', () => {
  it.each(['/fcr show FCR-1', '/fcr show 1', '/fcr FCR-1', '/fcr 1', '/fcr 查看 FCR-1', 'status FCR-1'])(
    '%s shows its card',
    async (text) => {
      await submitted();
      const approver = seat('approver');
      await approver.say(text);
      expect(approver.said()).toContain('[Approve]');
    },
  );

  it('says so where there is no such request', async () => {
    const engineer = seat('engineer');
    expect(await engineer.say('/fcr show FCR-99')).toContain('There is no request FCR-99.');
  });
});

describe('/fcr withdraw', () => {
  it.each([
    ['/fcr withdraw FCR-1 no longer needed', 'no longer needed'],
    ['/fcr 撤回 FCR-1：不再需要', '不再需要'],
  ])('%s ends it and keeps the reason', async (text, reason) => {
    const engineer = await submitted();
    await engineer.say(text);
    expect(engineer.said()).toContain(`“${reason}”`);
    expect(await stateOf()).toBe('withdrawn');
  });

  it('is refused to anybody else, and asks which one where none is named', async () => {
    const engineer = await submitted();
    expect(await seat('approver').say('/fcr withdraw FCR-1')).toContain('Only whoever asked');
    expect(await engineer.say('/fcr withdraw')).toContain('withdraw FCR-1');
    expect(await stateOf()).toBe('in-approval');
  });
});

describe('/fcr amend', () => {
  it.each(['/fcr amend FCR-1', 'amend FCR-1', 'change FCR-1', '修改 FCR-1', '/fcr 修改 FCR-1'])(
    '%s takes up what was sent back',
    async (text) => {
      const engineer = await submitted();
      await seat('approver').say('send back FCR-1 name the ticket');
      await engineer.say(text);
      expect(engineer.said()).toContain('Please look it over.');
      await engineer.say(text);
      expect(await started.store.drafts((await people()).engineer)).toHaveLength(1);
      await engineer.press('Submit');
      expect(engineer.said()).toContain('FCR-1 is submitted');
    },
  );

  it('says what can be done instead while it waits, once it is approved, and when it is over', async () => {
    const engineer = await submitted();
    expect(await engineer.say('/fcr amend FCR-1')).toContain('Ask an approver to send it back');
    expect(engineer.said()).toContain('[Withdraw]');
    await seat('approver').say('approve FCR-1');
    expect(await engineer.say('/fcr amend FCR-1')).toContain('approved as it stands');
    await engineer.say('withdraw FCR-1');
    expect(await engineer.say('/fcr amend FCR-1')).toContain('can’t be changed any more');
    expect(engineer.said()).not.toContain('[Withdraw]');
    expect(await seat('approver').say('/fcr amend FCR-1')).toContain('Only whoever asked');
  });
});

describe('/fcr new', () => {
  it.each(['/fcr new', '/fcr 新建', 'fcr new'])('%s begins with nothing known', async (text) => {
    const engineer = seat('engineer');
    expect(await engineer.say(text)).toContain('Where?');
  });

  it('reads what follows for flows', async () => {
    const engineer = seat('engineer');
    await engineer.say('/fcr new 5061/tcp from 192.0.2.10 to 198.51.100.20 for CHG-42');
    expect(engineer.said()).toContain('192.0.2.10 → 198.51.100.20 : 5061/tcp');
    expect(engineer.said()).toContain('CHG-42');
  });

  it('is refused to those who may not ask for changes', async () => {
    expect(await seat('auditor').say('/fcr new')).toContain('not among those who may ask for changes');
  });
});

describe('anything else behind /fcr', () => {
  it.each(['/fcr', '/fcr help', '/fcr frobnicate', '/fcr 帮助'])('%s tells what there is', async (text) => {
    const engineer = seat('engineer');
    await engineer.say(text);
    for (const command of ['list', 'show FCR-12', 'withdraw FCR-12', 'amend FCR-12', 'new', 'help'])
      expect(engineer.said()).toContain(`/fcr ${command}`);
    expect(engineer.said().includes('“frobnicate”')).toBe(text.includes('frob'));
  });

  it('is in the language of the person', async () => {
    expect(await seat('implementer').say('/fcr')).toContain('列出您的申请和草稿');
  });

  it('is an order where it reads as one', async () => {
    await submitted();
    await seat('approver').say('/fcr approve FCR-1 fine by me');
    expect(await stateOf()).toBe('approved');
  });

  it('is never an answer to an open question, which comes back', async () => {
    const engineer = await submitted();
    await engineer.say('new request');
    await engineer.say('/fcr show FCR-1');
    expect(engineer.said()).toContain('FCR-1 · Open Edge');
    expect(engineer.said()).toContain('Where?');
  });

  it.each(['fcr is slow today', 'fcrs', '/fcrx list'])('%s is no command', async (text) => {
    expect(await seat('engineer').say(text)).not.toContain('/fcr list');
  });

  it('tells a stranger their id and nothing else', async () => {
    await submitted();
    const stranger = seat('stranger');
    for (const text of ['/fcr list', '/fcr show FCR-1', '/fcr new', '/fcr withdraw FCR-1', '/fcr amend FCR-1']) {
      expect(await stranger.say(text)).toContain('stranger');
      expect(stranger.said()).not.toContain('Director');
    }
  });
});

describe('/ports', () => {
  it('answers what follows it', async () => {
    expect(await seat('engineer').say('/ports edge to director')).toContain('5061');
  });

  it('alone says how one asks', async () => {
    expect(await seat('engineer').say('/ports')).toContain('/ports edge to director');
    expect(await seat('implementer').say('/ports')).toContain('仅您可见');
  });
});

async function people() {
  const [engineer] = started.knowledge.current().people;
  if (engineer === undefined) throw new Error('nobody');
  return { engineer: engineer.id };
}
