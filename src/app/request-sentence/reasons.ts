import type { Clause } from './clauses.ts';
import { gone, type Masked, takeOut, typed } from './masked.ts';

const marker = String.raw`(?:\bbecause(?: of)?\b|\bdue to\b|\bso that\b|\bin order to\b|\b(?:reason|purpose|justification|business need|why)\s*(?:is|:)|因为|由于|因(?!此)|用于|用来|用作|为了|以便|(?:原因|理由|用途|目的|业务需求|事由|说明)\s*(?:是|为|:))`;
/** What begins a clause of another kind, after a comma. */
const opener = String.raw`(?:until|till|through|valid|expir|for \d|for (?:a|one|two|three|four|five|six|twelve|the next)\b (?:days?|weeks?|months?|years?)|permanent|forever|tomorrow|tonight|today|next|on |at \d|in (?:the )?site|at (?:the )?site|any (?:change )?window|any ?time|ticket|on behalf|please|open|allow|permit|close|remove|delete|request|emergency|urgent|直到|到|至|截|有效|期限|永久|长期|临时|今|明|后天|後天|下|本周|本週|周|週|星期|在|站点|工单|变更单|代|替|请|所以|因此|申请|开通|开放|放行|打开|允许|关闭|删除|移除|紧急|加急|任意|随时|时间|窗口)`;
/** What ends a reason even without a comma. */
const closer = String.raw`\s+(?:until|till|on behalf of|permanently|ticket)\b|直到|有效期|,?\s*为期`;

const strong = new RegExp(String.raw`${marker}\s*(.+?)(?=\s*(?:[;。\n${gone}]|[.!](?:\s|$)|[,、]\s*(?=${opener})|${closer}|$))`, 'i');

/** "because …", 用于…: up to the end of the sentence, or to a clause that says something else. */
export function reasonIn(text: Masked): Clause {
  const hit = takeOut(text, strong, (match) => {
    const found = tidy(typed(text, match, match[1] ?? ''));
    return found.length < 2 ? null : { found, piece: { from: match.index, to: match.index + match[0].length } };
  });
  return { said: hit?.found ?? null, text: hit?.text ?? text };
}

const weak = new RegExp(
  String.raw`(?:\b(?:needed|required|is|are|it's|this is)\s+)?\bfor\s+(?!any\b)([^,;:。${gone}]+?)(?=\s*(?:[,;:。${gone}]|[.!](?:\s|$)|\s(?:until|till|because|from|in site|at site|permanently|on behalf)\b|$))`,
  'i',
);

/** 为新池上线申请… */
const chinese = new RegExp(`为(?![了期])([^,;:。${gone}]{2,40}?)(?=(?:申请|开通|开放|放行|打开))`);

/** "for the new pool": only once everything else that begins with "for" is taken. `isFlow`: it names ends of a flow instead. */
export function purposeIn(text: Masked, isFlow: (words: string) => boolean): Clause {
  const read = (match: RegExpExecArray) => {
    const found = tidy(typed(text, match, match[1] ?? ''));
    const isAmount = /^(?:an?|one|two|three|half|\d+)\b.{0,12}\b(?:minutes?|hours?|days?|weeks?|months?|years?)$/i.test(found);
    return found.length < (/\p{Script=Han}/u.test(found) ? 2 : 3) || isAmount || isFlow(found)
      ? null
      : { found, piece: { from: match.index, to: match.index + match[0].length } };
  };
  const hit = takeOut(text, weak, read) ?? takeOut(text, chinese, read);
  return { said: hit?.found ?? null, text: hit?.text ?? text };
}

export function tidy(words: string): string {
  return words.replace(/^[\s,;:.?!。、-]+|[\s,;:.?!。、-]+$/g, '');
}
