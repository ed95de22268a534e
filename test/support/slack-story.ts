import type { SlackSeat } from './slack-seat.ts';
import { fieldsOf, type Typed } from './slack-seen.ts';
import type { SlackWorld } from './slack-world.ts';

export const formId = 'portclerk.form';
export const noticeId = 'portclerk.notice';

/** What is asked of a plain request in both languages, by field. */
export const requestInEnglish: Typed = {
  site: 'Site A',
  business_need: 'the new pool goes live',
  application_owner: 'UC platform team',
  window: 'any window',
  expiry: '6 months',
  backout_plan: 'remove the rule; calls go over pool B',
};
export const requestInChinese: Typed = {
  site: '站点 A',
  business_need: '新的控制器池即将上线',
  application_owner: '统一通信团队',
  window: '任意窗口',
  expiry: '六个月',
  backout_plan: '删除规则，改走 B 池',
};

/** Fills the form in front of somebody page by page and sends each, until there is a page that asks nothing, or no form any more. */
export async function fillPages(seat: SlackSeat, typed: Typed): Promise<void> {
  for (let pages = 0; pages < 12; pages += 1) {
    const view = seat.modal();
    const fields = fieldsOf(view.blocks);
    if (view.callback_id !== formId || fields.length === 0) return;
    await seat.submit(Object.fromEntries(Object.entries(typed).filter(([field]) => fields.includes(field))));
    if (Object.keys(seat.errors).length > 0) throw new Error(`the page was not taken: ${JSON.stringify(seat.errors)}`);
  }
  throw new Error('the form does not end');
}

/** An English question, and a request from its answer: FCR-1 and so on. */
export async function requestFromAnswer(world: SlackWorld, seat: SlackSeat): Promise<void> {
  await seat.mention('which ports from Edge to Director?');
  await world.settled();
  await seat.press('Request these ports');
  await world.settled();
  await fillPages(seat, requestInEnglish);
  await seat.submit();
  await world.settled();
}
