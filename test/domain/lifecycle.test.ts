import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingApprovals, eligibleApprovers } from '../../src/domain/authority.ts';
import { type ChangeRequest, requestContentSchema, requestStates } from '../../src/domain/change-request.ts';
import { contentHash } from '../../src/domain/content-hash.ts';
import { consequence, type LifecycleEvent, sources, transition } from '../../src/domain/lifecycle.ts';
import { at, content, directory, noon, person, requestIn } from '../support/request.ts';

function act(request: ChangeRequest, event: LifecycleEvent): ChangeRequest {
  const moved = transition(request, event, directory);
  if (moved.kind === 'refused') throw new Error(`refused: ${moved.code}`);
  return moved.next;
}
function refusal(request: ChangeRequest, event: LifecycleEvent): string {
  const moved = transition(request, event, directory);
  return moved.kind === 'refused' ? moved.code : `moved to ${moved.next.state}`;
}
const approve = (by: string): LifecycleEvent => ({ type: 'approve', by: person(by), at: noon, comment: null });
const say = (type: 'reject' | 'send-back' | 'question' | 'answer', by: string): LifecycleEvent => ({
  type,
  by: person(by),
  at: noon,
  text: 'because',
});
const open = requestIn('in-approval');

describe('approving', () => {
  it('needs the quorum of each stage in turn', () => {
    const once = act(open, approve('ann'));
    expect([once.state, once.stage]).toEqual(['in-approval', 0]);
    const twice = act(once, approve('ben'));
    expect([twice.state, twice.stage]).toEqual(['in-approval', 1]);
    expect(act(twice, approve('sue')).state).toBe('approved');
  });

  it('counts a person once, also across stages', () => {
    const once = act(open, approve('ann'));
    expect(refusal(once, approve('ann'))).toBe('approved-before');
    expect(refusal(act(once, approve('ben')), approve('ann'))).toBe('counts-once');
  });

  it('is not for the requester, nor for whoever they act for, nor for outsiders, nor before one’s stage', () => {
    expect(refusal(open, approve('rita'))).toBe('own-request');
    expect(refusal(open, approve('otto'))).toBe('acted-for');
    expect(refusal(open, approve('eve'))).toBe('not-approver');
    expect(refusal(open, approve('sue'))).toBe('not-this-stage');
    expect(eligibleApprovers(directory, open)).toEqual(['ann', 'ben']);
  });

  it('goes by the stages in force, also when they have changed since it was submitted', () => {
    const second = act(act(open, approve('ann')), approve('ben'));
    const [first] = directory.policy.stages;
    if (first === undefined) throw new Error('no stage');
    const fewer = { ...directory, policy: { ...directory.policy, stages: [{ ...first, quorum: 3 }] } };
    const more = { ...fewer, groups: fewer.groups.map((group) => ({ ...group, members: [...group.members, person('sue')] })) };
    expect(eligibleApprovers(more, second)).toEqual(['sue']);
    const moved = transition(second, approve('sue'), more);
    expect(moved.kind === 'moved' && moved.next.state).toBe('approved');
  });

  it('binds to the content: an approval of other content does not count', () => {
    const once = act(open, approve('ann'));
    const edited = requestContentSchema.parse({ ...content, title: 'Open everything' });
    const forged = { ...once, content: edited, content_hash: contentHash(edited, once.salt) };
    const stage = directory.policy.stages[0];
    expect(stage && countingApprovals(directory, forged, stage)).toEqual([]);
  });

  it('tells a late decision what was decided and by whom', () => {
    const approved = act(act(act(open, approve('ann')), approve('ben')), approve('sue'));
    const late = transition(approved, say('reject', 'ben'), directory);
    expect(late).toMatchObject({ kind: 'refused', code: 'state-by.approved', message: { params: { person: 'Sue', request: 'FCR-1' } } });
  });

  it('can be taken back until implementation starts, and re-opens the stage', () => {
    const approved = act(act(act(open, approve('ann')), approve('ben')), approve('sue'));
    const takeBack: LifecycleEvent = { type: 'take-back', by: person('ben'), at: noon, text: null };
    const reopened = act(approved, takeBack);
    expect([reopened.state, reopened.stage]).toEqual(['in-approval', 0]);
    expect(refusal(approved, { ...takeBack, by: person('eve') })).toBe('nothing-to-take-back');
    const started = act(approved, { type: 'start', by: person('ivy'), at: noon });
    expect(refusal(started, takeBack)).toBe('state.implementing');
  });
});

describe('sending back', () => {
  it('voids the approvals, and a new submission starts over with the new content', () => {
    const back = act(act(open, approve('ann')), say('send-back', 'ben'));
    expect([back.state, back.approvals]).toEqual(['changes-requested', []]);
    const changed = requestContentSchema.parse({ ...content, title: 'Open less' });
    const again = act(back, {
      type: 'submit',
      by: person('rita'),
      at: noon,
      content: changed,
      hash: contentHash(changed, back.salt),
      findings: [],
    });
    expect(again.state).toBe('submitted');
    expect(again.content_version).toBe(again.version);
  });
});

describe('a question to the requester', () => {
  it('voids nothing, makes no card stale, and is answered once', () => {
    const asked = act(act(open, approve('ann')), say('question', 'ben'));
    expect([asked.state, asked.approvals.length, asked.content_version]).toEqual(['in-approval', 1, open.content_version]);
    const answered = act(asked, say('answer', 'rita'));
    expect(refusal(answered, say('answer', 'rita'))).toBe('no-question');
  });
});

describe('implementing', () => {
  const window = {
    kind: 'between',
    start: at('2026-11-23T21:00:00.000Z'),
    end: at('2026-11-23T22:00:00.000Z'),
    zone: 'Europe/Berlin',
  } as const;
  const scheduled = requestIn('scheduled', { content: requestContentSchema.parse({ ...content, window }) });
  const start = (when: string): LifecycleEvent => ({ type: 'start', by: person('ivy'), at: at(when) });

  it('happens inside the change window alone', () => {
    expect(refusal(scheduled, start('2026-11-23T20:59:59.999Z'))).toBe('outside-window');
    expect(refusal(scheduled, start('2026-11-23T22:00:00.000Z'))).toBe('window-over.start');
    expect(act(scheduled, start('2026-11-23T21:00:00.000Z')).state).toBe('implementing');
  });

  it('is for implementers, and its outcome is one of three', () => {
    const going = requestIn('implementing');
    expect(refusal(going, { type: 'record', by: person('ann'), at: noon, result: 'implemented', text: 'x' })).toBe('not-implementer');
    for (const result of ['implemented', 'failed', 'backed-out'] as const) {
      expect(act(going, { type: 'record', by: person('ivy'), at: noon, result, text: 'x' }).state).toBe(result);
    }
  });

  it('closes once the requester has verified it', () => {
    const verified = act(requestIn('implemented'), { type: 'verify', by: person('rita'), at: noon });
    const next = consequence(verified, noon, false);
    expect(next && act(verified, next).state).toBe('closed');
  });
});

describe('any sequence of events', () => {
  const anyEvent: fc.Arbitrary<LifecycleEvent> = fc
    .record({
      type: fc.constantFrom('approve', 'reject', 'send-back', 'take-back', 'withdraw', 'question', 'answer', 'start', 'record', 'verify'),
      by: fc.constantFrom('rita', 'otto', 'ann', 'ben', 'sue', 'ivy', 'eve').map(person),
      result: fc.constantFrom('implemented', 'failed', 'backed-out'),
    })
    .map(({ type, by, result }): LifecycleEvent => {
      const base = { by, at: noon, text: 'x' };
      if (type === 'approve') return { ...base, type, comment: null };
      if (type === 'record') return { ...base, type, result };
      return { ...base, type };
    });

  it('reaches "approved" only with every quorum by different people who are no party to it', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let request = open;
        for (const event of events) {
          const before = request;
          const moved = transition(request, event, directory);
          if (moved.kind === 'refused') continue;
          request = moved.next;
          expect(request.version).toBe(before.version + 1);
          expect(sources[event.type]).toContain(before.state);
          expect(requestStates).toContain(request.state);
          if (!['approved', 'implementing', 'implemented', 'failed', 'backed-out', 'verified'].includes(request.state)) continue;
          const approvers = request.approvals.map(({ by }) => String(by));
          expect(new Set(approvers).size).toBe(approvers.length);
          expect(approvers).not.toContain('rita');
          expect(approvers).not.toContain('otto');
          expect(approvers.length).toBeGreaterThanOrEqual(3);
        }
      }),
      { numRuns: 500 },
    );
  });
});
