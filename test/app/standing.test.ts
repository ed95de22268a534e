import { afterEach, describe, expect, test } from 'vitest';
import type { WhoMayAsk } from '../../src/app/ports.ts';
import type { Sender } from '../../src/chat/activity.ts';
import { Account, Elsewhere } from '../support/elsewhere.ts';
import { trailOf, withAccounts } from '../support/people.ts';
import { startProgram, still, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

const files = withAccounts({ approver: { slack: 'UADA' }, engineer: { slack: 'UERIN' } });

let started: TestProgram;
let slack: Elsewhere;
afterEach(() => started.close());

async function begin(whoMayAsk: WhoMayAsk): Promise<void> {
  started = await startProgram({ knowledge: still(files), whoMayAsk });
  slack = new Elsewhere('slack');
  started.program.attach(slack);
}

const question = 'which ports from Edge to Director?';
const answered: Readonly<Record<WhoMayAsk, readonly Sender['standing'][]>> = {
  members: ['member'],
  guests: ['member', 'guest'],
  everyone: ['member', 'guest', 'foreign'],
};

describe.each(['members', 'guests', 'everyone'] as const)('with WHO_MAY_ASK=%s', (whoMayAsk) => {
  test.each(['member', 'guest', 'foreign'] as const)('a %s who is nobody asks', async (standing) => {
    await begin(whoMayAsk);
    const said = await new Account(started, slack, 'UNOBODY', standing).say(question);
    if (answered[whoMayAsk].includes(standing)) return expect(said).toContain('5061');
    expect(said).toContain('members of this organisation alone');
    expect(await trailOf(started, 'ask')).toEqual(['ask by account refused: not-a-member']);
  });

  test.each(['member', 'guest', 'foreign'] as const)('a %s with the account of a person', async (standing) => {
    await begin(whoMayAsk);
    const erin = new Account(started, slack, 'UERIN', standing);
    const said = await erin.say('new request');
    if (standing !== 'foreign') return expect(said).toContain('[');
    expect(said).toContain(whoMayAsk === 'everyone' ? 'don’t know you' : 'members of this organisation alone');
    expect(await started.store.drafts(files.people.find(({ id }) => id === 'engineer')?.id ?? never())).toEqual([]);
  });
});

function never(): never {
  throw new Error('the engineer is in the files');
}

describe('a guest named in the people file', () => {
  test('requests and decides; somebody of another organisation with the same id does neither', async () => {
    await begin('members');
    const page = new Recorder();
    started.program.attach(page);
    const engineer = new Seat(started, page, 'engineer');
    await askAndFillIn(engineer);
    await engineer.press('Submit');
    const foreign = new Account(started, slack, 'UADA', 'foreign');
    expect(await foreign.say('approve FCR-1')).toContain('members of this organisation alone');
    expect((await started.store.requests())[0]?.state).toBe('in-approval');
    expect(await new Account(started, slack, 'UADA', 'guest').say('approve FCR-1')).toContain('FCR-1 is approved');
  });
});
