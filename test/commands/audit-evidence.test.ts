import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditEvidence } from '../../src/commands/audit-evidence.ts';
import { auditProve } from '../../src/commands/audit-prove.ts';
import type { Locale } from '../../src/locale.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let started: TestProgram;
let recorder: Recorder;
let said: string[];
const { privateKey } = generateKeyPairSync('ed25519');
const keys = () => ({ current: privateKey, previous: null, newOrigin: () => 'portclerk.test/log' });
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  said = [];
  folder = temporaryFolder();
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(async () => {
  await started.close();
  folder.remove();
});

const hostile =
  'a **b** <script>document.title="owned"</script> <img src=x onerror="document.title=1"> | c | [x](http://evil.example) `d` & \u202eback';

async function submitted(need = 'The new Director pool goes live.'): Promise<Seat> {
  const engineer = seat('engineer');
  await engineer.say('which ports from Edge to Director?');
  await engineer.press('Request these ports');
  await engineer.press('Site A');
  await engineer.say(need);
  await engineer.say('UC platform team');
  await engineer.press('Any window');
  await engineer.press('Permanent');
  await engineer.say('Remove the rule; calls go over pool B.');
  await engineer.press('Submit');
  return engineer;
}

async function closed(engineer: Seat): Promise<void> {
  await seat('approver').say('approve FCR-1 fine by me');
  const implementer = seat('implementer');
  await implementer.press('开始实施');
  await implementer.press('登记结果');
  await implementer.press('已实施');
  await implementer.say('fw-core 4f2a1c');
  await implementer.press('提交');
  await engineer.press('It works');
}

const out = () => join(folder.path, 'pack');
function evidence(wanted: string, locale: Locale = 'en', to: string | null = out()): Promise<number> {
  const { store, knowledge, clock } = started;
  const fail = (line: string) => void said.push(line);
  const silent = { json: false, write: () => undefined, fail };
  const prove = (object: string, target: string) =>
    auditProve({ store, of: { object }, out: target, seal: () => store.sealAudit(keys), ...silent });
  const seal = async () => void (await store.sealAudit(keys));
  const reader = { locale, zone: 'Europe/Berlin' };
  return auditEvidence({
    wanted,
    out: to,
    store,
    knowledge: knowledge.current(),
    reader,
    clock,
    seal,
    prove,
    write: (line) => void said.push(line),
    fail,
  });
}
const read = (file: string) => readFileSync(join(out(), file), 'utf8');

/** What differs from run to run. */
const steady = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{64}/g, '(hash)')
    .replaceAll(/hash [0-9a-f]{16}/g, 'hash (start)')
    .replaceAll(/portclerk\.test\/log\+\S+/g, '(key)');

describe('an evidence pack', () => {
  test.each<[Locale, string]>([
    ['en', 'evidence.md'],
    ['zh-CN', 'evidence-zh.md'],
  ])('in %s says what was asked, how it was decided, and what is there for PCI DSS', async (locale, golden) => {
    await closed(await submitted());
    expect(await evidence('fcr-1', locale)).toBe(0);
    await expect(steady(read('evidence.md'))).toMatchFileSnapshot(`../golden/audit/${golden}`);
  });

  test('says plainly what is missing', async () => {
    await submitted();
    await evidence('FCR-1');
    expect(read('evidence.md')).toContain('Missing: 3 of 9 things asked for');
    expect(read('evidence.md')).toMatch(/✗ 6\.5\.1 .* MISSING: it is not approved as it stands/);
    expect(read('evidence.html')).toMatch(/<tr class="missing"><td>1\.2\.5<\/td>/);
  });

  test('holds the proof of every entry about the request, its own making among them', async () => {
    await submitted();
    await evidence('FCR-1');
    expect(said).toEqual([`${out()}: evidence.md, evidence.html, proof/`]);
    const files = readdirSync(join(out(), 'proof'));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'checkpoint', 'log.vkey']));
    const entries = files.filter((file) => file.endsWith('.json')).map((file) => readFileSync(join(out(), 'proof', file), 'utf8'));
    expect(entries.join('\n')).toContain('"type":"audit.evidence"');
    for (const file of files.filter((name) => name.endsWith('.json')))
      expect(read('evidence.md')).toContain(`| ${file.replace('.json', '')} |`);
  });

  test('keeps every character somebody typed a text, in Markdown and in HTML', async () => {
    await submitted(hostile);
    await seat('approver').say('approve FCR-1 \u202eback | <b>x</b>');
    await evidence('FCR-1');
    const html = new MarkdownIt({ html: true, linkify: true }).render(read('evidence.md'));
    expect(html).not.toMatch(/<(script|img|a|strong|code)\b(?!>portclerk)/);
    expect(html).toContain('a **b** &lt;script&gt;');
    expect(html).toContain('‹U+202E›back');
    expect(read('evidence.html')).not.toMatch(/<(script|img|a)\b/);
    expect(read('evidence.html')).toContain('&lt;script&gt;document.title=&quot;owned&quot;&lt;/script&gt;');
  });

  test.skipIf(noBrowser)('runs nothing and asks for nothing in a browser, and prints', async () => {
    await submitted(hostile);
    await evidence('FCR-1');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${join(out(), 'evidence.html')}`);
      expect(asked).toHaveLength(1);
      expect(await page.title()).toMatch(/^Evidence for FCR-1/);
      expect(await page.textContent('body')).toContain('<script>document.title="owned"</script>');
      expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF');
    } finally {
      await browser.close();
    }
  });

  test('shows what was erased as erased', async () => {
    await submitted('My secret reason.');
    const person = started.knowledge.current().people.find(({ id }) => id === 'engineer');
    if (person === undefined) throw new Error('no engineer');
    await started.store.eraseActors([{ kind: 'person', person: person.id }]);
    await evidence('FCR-1');
    expect(read('evidence.md')).toMatch(/No question of the requester|\(erased\)/);
    expect(read('evidence.md')).toContain('My secret reason.');
  });

  test('of a request that is not there, or into a folder with something in it, is refused and leaves no entry', async () => {
    await submitted();
    const size = await started.store.readAudit((trail) => trail.lastIndex());
    expect(await evidence('FCR-9')).toBe(1);
    mkdirSync(out());
    writeFileSync(join(out(), 'mine'), 'x');
    expect(await evidence('FCR-1')).toBe(1);
    expect(said[0]).toContain('There is no request FCR-9');
    expect(said[1]).toContain('not empty');
    expect(await started.store.readAudit((trail) => trail.lastIndex())).toBe(size);
  });
});
