import { describe, expect, test } from 'vitest';
import type { SettingChange } from '../../../../src/app/ports-settings.ts';
import type { Conversation } from '../../../../src/chat/activity.ts';
import { groupIdSchema } from '../../../../src/domain/actor.ts';
import { approver, engineer, later, sampleRequest, transition } from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

export function settingsContract(now: () => Fixture): void {
  const set = (...settings: SettingChange[]) => now().store.commit({ audit: [], settings });
  const channel = (id: string): Conversation => ({ platform: 'slack', id, kind: 'channel', thread: null });
  const group = groupIdSchema.parse('security-approvers');
  const nothing = { approvals: [], locales: [], links: [], codes: [], guesses: [], groups: [] };
  const code = { person: engineer, platform: 'slack', expires_at: later(10) };

  describe('settings', () => {
    test('are as they were set last, each kind by its own key', async () => {
      expect(await now().store.settings()).toEqual(nothing);
      await set(
        { kind: 'approvals', platform: 'slack', value: channel('C1') },
        { kind: 'locale', platform: 'slack', channel: 'C1', value: 'en' },
        { kind: 'locale', platform: 'teams', channel: 'C1', value: 'en' },
        { kind: 'link', platform: 'slack', account: 'U1', value: engineer },
        { kind: 'code', digest: 'sha256:1', value: code },
        { kind: 'guess', id: 'g1', value: { platform: 'slack', account: 'U9', at: later(1) } },
        { kind: 'group', group, value: { accounts: ['U1', 'U2'], read_at: later(0) } },
      );
      await set(
        { kind: 'approvals', platform: 'slack', value: channel('C2') },
        { kind: 'locale', platform: 'slack', channel: 'C1', value: 'zh-CN' },
        { kind: 'link', platform: 'slack', account: 'U1', value: approver },
        { kind: 'group', group, value: { accounts: [], read_at: later(5) } },
      );
      expect(await (await now().another()).settings()).toEqual({
        approvals: [channel('C2')],
        locales: [
          { platform: 'slack', channel: 'C1', locale: 'zh-CN' },
          { platform: 'teams', channel: 'C1', locale: 'en' },
        ],
        links: [{ platform: 'slack', account: 'U1', person: approver }],
        codes: [{ digest: 'sha256:1', ...code }],
        guesses: [{ id: 'g1', platform: 'slack', account: 'U9', at: later(1) }],
        groups: [{ group, accounts: [], read_at: later(5) }],
      });
    });

    test('are gone when they are taken away', async () => {
      await set({ kind: 'approvals', platform: 'slack', value: channel('C1') }, { kind: 'code', digest: 'd', value: code });
      await set(
        { kind: 'approvals', platform: 'slack', value: null },
        { kind: 'locale', platform: 'slack', channel: 'never', value: null },
        { kind: 'code', digest: 'd', value: null },
      );
      expect(await now().store.settings()).toEqual(nothing);
    });

    test('change with the rest of a commit, or not at all', async () => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1)));
      const settings: SettingChange[] = [{ kind: 'link', platform: 'slack', account: 'U1', value: engineer }];
      expect(await store.commit({ ...transition(sampleRequest(1)), settings })).toMatchObject({ kind: 'repeated' });
      expect(await store.settings()).toEqual(nothing);
    });

    test('that cannot be read are a fault that names them', async () => {
      await set({ kind: 'locale', platform: 'slack', channel: 'C1', value: 'en' });
      await now().execute(`update setting set value = '"fr"'`);
      await expect(now().store.settings()).rejects.toMatchObject({ code: 'store-corrupt', message: expect.stringContaining('locale') });
    });

    test('let a code be used once, whoever uses it at the same time', async () => {
      const { store, another } = now();
      const other = await another();
      await set({ kind: 'code', digest: 'd', value: code });
      const results = await Promise.all(
        [store, other, store, other].map((each, k) =>
          each.commit({
            audit: [],
            settings: [
              { kind: 'code', digest: 'd', value: null },
              { kind: 'link', platform: 'slack', account: `U${k}`, value: engineer },
            ],
          }),
        ),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(['committed', 'conflict', 'conflict', 'conflict']);
      expect((await store.settings()).links).toHaveLength(1);
    });
  });

  describe('an adapter’s notes', () => {
    test('are as they were put last, by platform and key', async () => {
      const { store } = now();
      await store.putNote('teams', 'reference:C1', { serviceUrl: 'https://one.example' });
      await store.putNote('teams', 'reference:C1', { serviceUrl: 'https://two.example', names: ['你好', null] });
      await store.putNote('slack', 'reference:C1', true);
      expect(await store.note('teams', 'reference:C1')).toEqual({ serviceUrl: 'https://two.example', names: ['你好', null] });
      expect(await store.note('slack', 'reference:C1')).toBe(true);
      expect(await store.note('slack', 'home:U1')).toBeNull();
    });

    test('are forgotten from one key up to another, on one platform', async () => {
      const { store } = now();
      const keys = ['button:2026-08:ff', 'button:2026-09:00', 'button:2026-10:aa', 'home:U1'];
      for (const platform of ['slack', 'teams']) for (const key of keys) await store.putNote(platform, key, key);
      await store.forgetNotes('slack', 'button:', 'button:2026-10');
      const left = async (platform: string) => Promise.all(keys.map((key) => store.note(platform, key)));
      expect(await left('slack')).toEqual([null, null, 'button:2026-10:aa', 'home:U1']);
      expect(await left('teams')).toEqual(keys);
    });

    test('are gone when nothing is put in their place', async () => {
      const { store } = now();
      await store.putNote('slack', 'home:U1', true);
      await store.putNote('slack', 'home:U1', null);
      expect(await store.note('slack', 'home:U1')).toBeNull();
    });
  });
}
