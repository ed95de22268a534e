import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateRawSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestProblems } from '../../../scripts/teams/check-manifest.ts';
import { chineseTexts, commandLists, teamsManifest } from '../../../src/adapters/teams/manifest.ts';
import { readText } from '../../../src/app/answer-question.ts';
import { readCommand } from '../../../src/app/read-command.ts';
import { readSetting } from '../../../src/app/settings-words.ts';
import { type JsonObject, locales } from '../../../src/locale.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';

const knowledge = loadTestKnowledge();
const { say } = knowledge;
const root = join(import.meta.dirname, '../../..');
const app = { appId: '00000000-0000-4000-8000-000000000001', publicUrl: 'https://portclerk.example.com', version: '0.1.0', say };
const script = (env: Readonly<Record<string, string>>, folder: string) =>
  spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/teams-package.ts'), '--out', folder], {
    encoding: 'utf8',
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
  });

describe('the app’s manifest', () => {
  const manifest = teamsManifest(app);

  it('is as Microsoft’s schema has it, and so are its texts in Chinese', () => {
    expect(manifestProblems('manifest', manifest)).toEqual([]);
    expect(manifestProblems('localization', chineseTexts(say))).toEqual([]);
  });

  it.each<[string, (whole: JsonObject) => JsonObject]>([
    ['a property nobody knows', (whole) => ({ ...whole, anything: 1 })],
    ['another version', (whole) => ({ ...whole, manifestVersion: '1.0' })],
    ['no icons', ({ icons: _, ...whole }) => whole],
    ['an id that is none', (whole) => ({ ...whole, id: 'portclerk' })],
    ['a long short description', (whole) => ({ ...whole, description: { short: 'x'.repeat(81), full: 'x' } })],
    ['a scope that is none', (whole) => ({ ...whole, bots: [{ botId: app.appId, scopes: ['everywhere'] }] })],
    ['a permission without a type', (whole) => ({ ...whole, authorization: { permissions: { resourceSpecific: [{ name: 'x' }] } } })],
  ])('is refused with %s', (_, change) => {
    expect(manifestProblems('manifest', change(manifest))).not.toEqual([]);
  });

  it('is a bot for people, teams and group chats that hears what is said in its threads', () => {
    expect(manifest).toMatchObject({
      id: app.appId,
      bots: [{ botId: app.appId, scopes: ['personal', 'team', 'groupChat'], supportsFiles: false, isNotificationOnly: false }],
      authorization: { permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group' }, { name: 'ChatMessage.Read.Chat' }] } },
      validDomains: ['portclerk.example.com'],
    });
  });

  it('has every command in Chinese as well', () => {
    const chinese = chineseTexts(say);
    const count = commandLists('en', say).flatMap(({ commands }) => commands).length;
    expect(Object.keys(chinese).filter((name) => name.endsWith('.title'))).toHaveLength(count);
    expect(Object.keys(chinese).filter((name) => name.endsWith('].description'))).toHaveLength(count);
    expect(JSON.stringify(manifest)).not.toMatch(/\p{Script=Han}/u);
  });

  for (const locale of locales) {
    const titles = new Set(commandLists(locale, say).flatMap(({ commands }) => commands.map(({ title }) => title)));
    it.each([...titles])(`lists only what the bot understands: %s (${locale})`, (title) => {
      const { intent } = readText(title, knowledge);
      const understood = readSetting(title) !== null || readCommand(title, knowledge.words) !== null || intent.kind !== 'not-understood';
      expect(understood).toBe(true);
    });
  }
});

describe('npm run teams:package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-teams-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const registered = { MicrosoftAppId: app.appId, PUBLIC_URL: app.publicUrl };

  it('says in one line which variable is missing and where it comes from, and writes nothing', () => {
    const without = script({ MicrosoftAppId: '', PUBLIC_URL: app.publicUrl }, folder);
    expect([without.status, without.stdout]).toEqual([1, '']);
    expect(without.stderr).toMatch(/^MicrosoftAppId has to be the bot's id, .*: copy it from its registration in Azure\n$/);
    const plain = script({ ...registered, PUBLIC_URL: 'http://portclerk.example.com' }, folder);
    expect(plain.status).toBe(1);
    expect(plain.stderr).toMatch(/^PUBLIC_URL has to be the address .*\n$/);
  });

  describe('writes an archive', () => {
    let files: ReadonlyMap<string, Buffer> = new Map();
    beforeAll(() => {
      const done = script(registered, folder);
      expect(done.stderr).toBe('');
      files = unzipped(readFileSync(join(folder, 'portclerk-teams.zip')));
    });

    it('with the manifest, the Chinese texts and both icons at its top', () => {
      expect([...files.keys()]).toEqual(['manifest.json', 'zh-cn.json', 'color.png', 'outline.png']);
      const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '');
      expect(manifest).toEqual({ ...teamsManifest(app), version: manifest.version });
    });

    it('whose icons have the sizes Teams asks for, the outline white on nothing', () => {
      const colour = pixels(files.get('color.png'));
      expect([colour.width, colour.height]).toEqual([192, 192]);
      expect(colour.each.every(([, , , opacity]) => opacity === 255)).toBe(true);
      const outline = pixels(files.get('outline.png'));
      expect([outline.width, outline.height]).toEqual([32, 32]);
      expect(outline.each.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
      expect(new Set(outline.each.map(([, , , opacity]) => opacity))).toContain(0);
      expect(new Set(outline.each.map(([, , , opacity]) => opacity))).toContain(255);
    });

    it('that is the same every time', () => {
      const first = readFileSync(join(folder, 'portclerk-teams.zip'));
      script(registered, folder);
      expect(readFileSync(join(folder, 'portclerk-teams.zip')).equals(first)).toBe(true);
    });
  });
});

/** The files of an archive, found by its directory at the end. */
function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    const [packed, nameLength] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = inflateRawSync(archive.subarray(start, start + packed));
    if (crc32(data) !== archive.readUInt32LE(at + 16)) throw new Error(`${name} is not whole`);
    files.set(name, data);
    at += 46 + nameLength;
  }
  return files;
}

/** Width, height and pixels of a PNG with one part and rows without a filter. */
function pixels(image: Buffer = Buffer.alloc(0)): { readonly width: number; readonly height: number; readonly each: readonly number[][] } {
  const [width, height] = [image.readUInt32BE(16), image.readUInt32BE(20)];
  const length = image.readUInt32BE(33);
  const raw = inflateSync(image.subarray(41, 41 + length));
  const each = Array.from({ length: width * height }, (_, place) => {
    const start = Math.floor(place / width) * (width * 4 + 1) + 1 + (place % width) * 4;
    return [...raw.subarray(start, start + 4)];
  });
  return { width, height, each };
}
