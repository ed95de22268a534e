/** What a sentence asks for by its first words; `end`: where these end. */
export type Order = { readonly remove: boolean; readonly start: number; readonly end: number };

const politeEn =
  "(?:please|pls|plz|kindly|hi|hello|hey|hi team|hello team|dear (?:team|all|colleagues)|thanks|can you|could you|would you|will you|can we|could we|may i|i(?:'d| would) like (?:you )?to|we(?:'d| would) like (?:you )?to|i want (?:you )?to|we want to|i need (?:you )?to|we need (?:you )?to|let's|let us|help me(?: to)?|go ahead and|now|also|just|i|we|a|the|new)";
const addEn =
  'let(?! me| us)|open(?: up)?|allow|permit|enable|unblock|grant|provision|add|request(?:ing)?|apply for|raise a (?:change|request|ticket)(?: to| for)?|make a request(?: to| for)?';
const removeEn = 'close(?: down)?|remove|delete|revoke|disable|tear down|take down|decommission|get rid of|retire|block off';
const politeZh =
  '(?:请|麻烦|劳驾|您好|你好|帮我|帮忙|我想|我要|我们要|我们想|我需要|我们需要|需要|想要|能否|可否|能不能|可以|能|现在|立即|尽快|提交|发起|想|要|所以|因此|把|将|你|您|我们|我|一下|下)';
const removeZh = '关闭|关掉|删除|删掉|移除|撤销|撤掉|取消开放|取消开通|取消放行|回收|停用|封掉|下线|收回';
const addZh = '申请|开通|开放|打开|开启|放行|放通|打通|允许|准许|新增|添加|新建|开';

const start = String.raw`(?:^|[,;:.!。、\uE000])\s*`;
const english = new RegExp(
  String.raw`${start}((?:${politeEn}\b[\s,]*)*)\b(?:(${addEn})|(${removeEn}))\b(?:\s+(?:to|for)\s+(?:open|allow|permit|enable)\b)?`,
  'i',
);
const chinese = new RegExp(
  String.raw`${start}((?:${politeZh}[\s,]*)*)(?:(?:申请)?\s*(${removeZh})|((?:申请|请求)?\s*(?:${addZh})|申请))(?:一下|下)?`,
);

/** 从边缘到控制器开通 5061: the ends may come first. */
const chineseInside = /(?:请|申请|需要|麻烦)*(?:(关闭|删除|移除)|开通|放行|申请)(?![了过的])/;

/** An order to open or to close something, wherever a clause begins; "open ports from A to B" asks which, and is none. */
export function orderIn(text: string): Order | null {
  for (const [pattern, remove] of [
    [english, 3],
    [chinese, 2],
  ] as const) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = match.index + match[0].length;
    const isAdjective = /open$/i.test(match[0]) && /^\s+(?:ports?|connections?|rules?)\b(?!\s*:?\s*\d)/i.test(text.slice(end));
    if (!isAdjective) return { remove: match[remove] !== undefined, start: match.index, end };
  }
  const inside = chineseInside.exec(text);
  if (inside === null) return null;
  return { remove: inside[1] !== undefined, start: inside.index, end: inside.index + inside[0].length };
}

/** An order that only wears a question's clothes is none: "is 5061 allowed …", 是否…, …吗. */
export function asks(text: string): boolean {
  if (/^[\s,]*(?:请问)?(?:能|可以|可否|能否|能不能)(?:帮|给|替|麻烦|请)/.test(text)) return false;
  if (/吗|嗎|是否|哪|什么|甚麼|谁|誰|怎么|怎样|如何|多少|有没有/.test(text)) return true;
  if (/^\s*(?:is|are|does|do|did|has|have|which|what|who|whom|why|how|when|where|should|must|may (?!i\b)|list|show|tell)\b/i.test(text))
    return true;
  return /[?？]\s*$/.test(text) && !/\b(?:can|could|would|will|may) (?:you|we|i|someone)\b|\bplease\b|请|能否|可否|能不能/i.test(text);
}
