import type { AccountPlatform } from '../domain/actor.ts';
import type { Locale } from '../locale.ts';
import { readCode } from './link-code.ts';

/** What somebody wants set: for a shared channel, or for themselves. */
export type SettingOrder =
  | { readonly kind: 'approvals' }
  /** `nowhere`: wherever they meet on this platform now. */
  | { readonly kind: 'no-approvals'; readonly nowhere: boolean }
  | { readonly kind: 'locale'; readonly locale: Locale }
  | { readonly kind: 'link' | 'unlink'; readonly platform: AccountPlatform }
  /** `bare`: nothing but the code was typed. */
  | { readonly kind: 'code'; readonly code: string; readonly bare: boolean };

const longest = 60;

const here = '(?:here|in this channel|in this conversation|in this chat)';
const zhHere = '(?:这里|這裡|这儿|本频道|本頻道|本群|此频道|此頻道|此处|此處)';
const account = '(?:my )?(slack|(?:microsoft |ms )?teams)(?: account)?';
const zhAccount = '(?:我的)? ?(slack|(?:microsoft |ms )?teams) ?(?:账号|帐号|账户|帐户|賬號|帳號)?';

const languages: readonly (readonly [Locale, string])[] = [
  ['en', '(?:english|英文|英语|英語)'],
  ['zh-CN', '(?:(?:simplified )?chinese|中文|汉语|漢語|简体中文|普通话)'],
];

const phrases: readonly (readonly [RegExp, (word: string) => SettingOrder | null])[] = [
  [new RegExp(`^(?:send |post |bring )?(?:the )?approvals (?:go |meet |come )?${here}$`), () => ({ kind: 'approvals' })],
  [new RegExp(`^(?:把)?(?:审批|審批)(?:卡片)?(?:都)?(?:发|發|放|送)?(?:到|在)?${zhHere}(?:进行|進行)?$`), () => ({ kind: 'approvals' })],
  [new RegExp(`^(?:在|到)?${zhHere}(?:审批|審批)$`), () => ({ kind: 'approvals' })],
  [/^(?:send |post )?(?:the )?approvals nowhere$/, () => ({ kind: 'no-approvals', nowhere: true })],
  [/^(?:审批|審批)(?:哪里|哪裡|哪儿)(?:也|都)不(?:发|發|去)$/, () => ({ kind: 'no-approvals', nowhere: true })],
  [new RegExp(`^(?:stop (?:the )?approvals|no (?:more )?approvals) ${here}$`), () => ({ kind: 'no-approvals', nowhere: false })],
  [
    new RegExp(
      `^(?:(?:审批|審批)(?:不要|不再|别|別)(?:再)?(?:发|發)?(?:到|在)?${zhHere}|(?:不要|不再|别|別)(?:再)?(?:在|到)?${zhHere}(?:审批|審批))(?:了)?$`,
    ),
    () => ({ kind: 'no-approvals', nowhere: false }),
  ],
  ...languages.flatMap(([locale, words]): readonly (readonly [RegExp, () => SettingOrder])[] => [
    [new RegExp(`^(?:speak|use|write|talk|post)(?: in)? ${words} ${here}$`), () => ({ kind: 'locale', locale })],
    [new RegExp(`^(?:the )?cards in ${words} ${here}$`), () => ({ kind: 'locale', locale })],
    [
      new RegExp(`^(?:请|請)?(?:在)?${zhHere}(?:的)?(?:卡片)?(?:请|請)?(?:都)?(?:用|说|說|使用|改用)${words}$`),
      () => ({ kind: 'locale', locale }),
    ],
  ]),
  [new RegExp(`^(?:please )?link ${account}$`), (word) => ({ kind: 'link', platform: platformOf(word) })],
  [new RegExp(`^(?:请|請)?(?:关联|關聯|绑定|綁定|连接|連接) ?${zhAccount}$`), (word) => ({ kind: 'link', platform: platformOf(word) })],
  [new RegExp(`^(?:please )?unlink ${account}$`), (word) => ({ kind: 'unlink', platform: platformOf(word) })],
  [
    new RegExp(`^(?:请|請)?(?:取消|解除)(?:关联|關聯|绑定|綁定|连接|連接) ?${zhAccount}$`),
    (word) => ({ kind: 'unlink', platform: platformOf(word) }),
  ],
  [new RegExp(`^(?:请|請)?(?:解绑|解綁) ?${zhAccount}$`), (word) => ({ kind: 'unlink', platform: platformOf(word) })],
  [/^(?:please )?(?:link|code|(?:请|請)?(?:关联|關聯|绑定|綁定|连接|連接)) ?(.{4}[- ]?.{4})$/, (word) => codeOrder(word, false)],
  [/^(.{4}[- ]?.{4})$/, (word) => codeOrder(word, true)],
];

/** "approvals here", "这里用中文", "link my Slack account": whole phrases alone, so that nothing else is taken for one. */
export function readSetting(text: string): SettingOrder | null {
  if (text.length > longest) return null;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/[ !.。！]+$/, '')
    .trim();
  for (const [phrase, order] of phrases) {
    const match = phrase.exec(plain);
    const read = match === null ? null : order(match[1] ?? '');
    if (read !== null) return read;
  }
  return null;
}

const platformOf = (word: string): AccountPlatform => (word === 'slack' ? 'slack' : 'teams');

function codeOrder(word: string, bare: boolean): SettingOrder | null {
  const code = readCode(word);
  return code === null ? null : { kind: 'code', code, bare };
}
