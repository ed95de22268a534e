// `npm run teams:package`: writes dist/teams/portclerk-teams.zip, the app that is uploaded to Teams; `-- --out FOLDER` puts it elsewhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadKnowledge } from '../src/adapters/files/load.ts';
import { chineseTexts, teamsManifest } from '../src/adapters/teams/manifest.ts';
import { knownNames } from '../src/app/dialog-handlers.ts';
import { loadEnvironment } from '../src/environment.ts';
import { manifestProblems } from './teams/check-manifest.ts';
import { colourIcon, outlineIcon } from './teams/icons.ts';
import { zip } from './teams/zip.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist', 'teams') } } });
const target = join(values.out, 'portclerk-teams.zip');

try {
  write();
  console.log(`${target}: upload it in Teams, under Apps, Manage your apps, Upload an app.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function write(): void {
  const environment = loadEnvironment(join(root, '.env'), process.env);
  const appId = environment['MicrosoftAppId'] ?? '';
  const publicUrl = environment['PUBLIC_URL'] ?? '';
  if (!z.guid().safeParse(appId).success) {
    throw new Error(
      "MicrosoftAppId has to be the bot's id, as 00000000-0000-0000-0000-000000000000: copy it from its registration in Azure",
    );
  }
  if (!publicUrl.startsWith('https://') || !URL.canParse(publicUrl)) {
    throw new Error('PUBLIC_URL has to be the address Teams reaches portclerk at, as https://portclerk.example.com: set it in .env');
  }
  const loaded = loadKnowledge({ data: join(root, 'data'), dialogs: join(root, 'dialogs') }, knownNames);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ file, line, column, what }) => `${file}:${line}:${column}: ${what}`).join('\n'));
  const { say } = loaded.knowledge;
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const manifest = teamsManifest({ appId, publicUrl, version, say });
  const chinese = chineseTexts(say);
  const problems = [...manifestProblems('manifest', manifest), ...manifestProblems('localization', chinese)];
  if (problems.length > 0) throw new Error(`the manifest is not as Microsoft's schema has it:\n${problems.join('\n')}`);
  const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    zip([
      { name: 'manifest.json', data: json(manifest) },
      { name: 'zh-cn.json', data: json(chinese) },
      { name: 'color.png', data: colourIcon() },
      { name: 'outline.png', data: outlineIcon() },
    ]),
  );
}
