import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type AskParts, askCommand } from '../../src/commands/ask.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

async function run(parts: Partial<AskParts>, typed = ''): Promise<{ code: number; out: readonly string[]; err: readonly string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const given: AskParts = {
    json: true,
    input: Readable.from([typed]),
    write: (line) => out.push(line),
    fail: (line) => err.push(line),
    ...parts,
  };
  return { code: await askCommand(given, loadTestKnowledge()), out, err };
}

describe('ask', () => {
  test('answers one question', async () => {
    const { code, out } = await run({ question: 'which ports from Edge to Director?', json: false });
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('TCP 5061');
  });

  test('answers each line of its input by itself, a JSON line each', async () => {
    const { code, out } = await run({}, 'is 5061 allowed from director to edge?\n\n从边缘服务器到控制器需要开哪些端口?\r\nDIR-3');
    expect(code).toBe(0);
    expect(out.map((line) => JSON.parse(line))).toMatchObject([
      { language: 'en', intent: 'check', verdict: 'yes', rules: [{ id: 'DIR-P4' }] },
      {
        language: 'zh-CN',
        intent: 'ports',
        rules: [{ id: 'DIR-6', match: 'explicit' }, { id: 'DIR-7' }, { id: 'DIR-8' }, { id: 'DIR-9', match: 'any' }],
      },
      { intent: 'rule', rules: [{ id: 'DIR-3' }] },
    ]);
  });

  test('takes a topology by its id, and refuses one there is not', async () => {
    const { out } = await run({ question: '5061', topology: 'lync-2013-director-dns-hlb' });
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ catalogue: { topology: 'lync-2013-director-dns-hlb' } });
    expect(await run({ question: '5061', topology: 'nowhere' })).toMatchObject({
      code: 1,
      out: [],
      err: [expect.stringContaining('no topology "nowhere"')],
    });
  });
});
