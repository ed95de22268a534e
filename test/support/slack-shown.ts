import type { Card } from '../../src/chat/card.ts';
import { startProgram } from './program.ts';
import { Recorder, Seat } from './recorder.ts';
import { askAndFillIn } from './walk.ts';

/** The cards that people see most, as the program says them: by name, a Chinese one ending in `-zh`. */
export async function shownCards(): Promise<ReadonlyMap<string, Card>> {
  const started = await startProgram();
  const recorder = new Recorder();
  started.program.attach(recorder);
  const shown = new Map<string, Card>();
  const seat = (who: string) => new Seat(started, recorder, who);
  const take = (name: string, card: Card | undefined) => {
    if (card === undefined) throw new Error(`nobody was shown ${name}`);
    shown.set(name, card);
  };
  const says = async (who: Seat, name: string, text: string) => {
    await who.say(text);
    take(name, who.replies.at(-1));
  };
  const engineer = seat('engineer');
  await says(engineer, 'help', 'help');
  await says(engineer, 'answer', 'which ports from Edge to Director?');
  await says(engineer, 'yes-no', 'Is TCP 5061 open from Director to Edge?');
  const implementer = seat('implementer');
  await says(implementer, 'help-zh', '帮助');
  await says(implementer, 'answer-zh', '从边缘服务器到控制器需要开哪些端口？');
  await says(implementer, 'yes-no-zh', '边缘服务器能用 TCP 444 访问前端吗？');
  await implementer.say('从边缘服务器到控制器需要开哪些端口？');
  await implementer.press('申请这些端口');
  take('prompt-zh', implementer.replies.at(-1));
  await implementer.press('站点 A');
  for (const text of ['新的控制器池即将上线', '统一通信团队', '任意窗口', '长期有效']) await implementer.say(text);
  await says(implementer, 'review-zh', '删除规则，改走 B 池');
  await engineer.say('which ports from Edge to Director?');
  await engineer.press('Request these ports');
  take('prompt', engineer.replies.at(-1));
  await engineer.say('cancel');
  await askAndFillIn(engineer);
  take('review', engineer.replies.at(-1));
  await engineer.press('Submit');
  take('approval', recorder.in('approvals')[0]);
  take('approval-zh', recorder.in('direct:admin')[0]);
  await seat('approver').press('Approve');
  take('decided', recorder.in('approvals')[0]);
  take('decided-zh', recorder.in('direct:admin')[0]);
  await started.close();
  return shown;
}

/** JSON for a golden, without what differs from run to run. */
export function golden(json: unknown): string {
  const text = JSON.stringify(json, null, 2)
    .replaceAll(/(\\"(?:draft|seen|receipt)\\":\\")[^"\\]*/g, '$1…')
    .replaceAll(/"typed:[^"]*"/g, '"typed:…"');
  return `${text}\n`;
}
