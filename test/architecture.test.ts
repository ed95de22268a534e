import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesUnder, root } from './support/source.ts';

const sources = filesUnder('src').filter((path) => path.endsWith('.ts'));

type Import = { readonly path: string; readonly target: string };

const imports: readonly Import[] = sources.flatMap((path) =>
  ts
    .preProcessFile(readFileSync(join(root, path), 'utf8'))
    .importedFiles.map(({ fileName }) => ({ path, target: fileName.startsWith('.') ? posix.join(dirname(path), fileName) : fileName })),
);

/** The part of src a file belongs to: `domain`, `adapters/web`, or the file itself at the top. */
function layerOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return first === 'adapters' ? `adapters/${second}` : first;
}

const everyone = ['errors.ts', 'canonical-json.ts', 'locale.ts'];
const pureForAdapters = ['chat', 'domain', 'audit', 'dialog', 'app/ports.ts', 'app/ports-inbox.ts', 'app/ports-settings.ts', ...everyone];

/** What a layer may import besides itself; a whole layer, or one file of it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'locale.ts': [],
  'canonical-json.ts': ['errors.ts'],
  'environment.ts': ['errors.ts'],
  'config.ts': [...everyone, 'config-platforms.ts', 'environment.ts', 'domain', 'app/ports.ts'],
  'config-platforms.ts': ['config.ts', 'environment.ts'],
  domain: everyone,
  audit: everyone,
  chat: everyone,
  nlu: ['domain', ...everyone],
  exports: ['domain', ...everyone],
  'catalogue-import': ['domain', 'nlu', ...everyone],
  dialog: ['chat', ...everyone],
  app: ['domain', 'audit', 'chat', 'nlu', 'dialog', 'exports', ...everyone],
};

const roots = ['main.ts', 'main-platforms.ts', 'main-slack.ts', 'main-teams.ts', 'cli.ts', 'commands'];

function isAllowed({ path, target }: Import): boolean {
  const layer = layerOf(path);
  if (roots.includes(layer)) return true;
  const allowed = layer.startsWith('adapters/') ? pureForAdapters : (mayImport[layer] ?? []);
  return [layer, ...allowed].some((one) => target === `src/${one}` || target.startsWith(`src/${one}/`));
}

const said = ({ path, target }: Import): string => `${path} imports ${target}`;
const isOurs = ({ target }: Import): boolean => target.startsWith('src/');

describe('who may import whom', () => {
  test('inner parts know nothing of outer ones', () => {
    expect(imports.filter((one) => isOurs(one) && !isAllowed(one)).map(said)).toEqual([]);
  });

  test('domain, audit and the rest of the middle touch no files, network or process', () => {
    const middle = [
      'domain',
      'audit',
      'chat',
      'nlu',
      'dialog',
      'exports',
      'catalogue-import',
      'app',
      'errors.ts',
      'locale.ts',
      'canonical-json.ts',
    ];
    const harmless = ['node:crypto', 'node:net'];
    const found = imports.filter(
      ({ path, target }) => middle.includes(layerOf(path)) && target.startsWith('node:') && !harmless.includes(target),
    );
    expect(found.map(said)).toEqual([]);
  });

  test('platforms, databases and the web server stand under adapters alone', () => {
    const outside = /^(@slack\/|botbuilder|kysely|better-sqlite3$|pg$|express$|adaptivecards$)/;
    const found = imports.filter(({ path, target }) => outside.test(target) && !path.startsWith('src/adapters/'));
    expect(found.map(said)).toEqual([]);
  });

  test('no two files import each other in a ring', () => {
    expect(rings()).toEqual([]);
  });
});

/** Rings of imports that are there when the program runs; types are gone by then. */
function rings(): readonly string[] {
  const edges = new Map<string, string[]>(sources.map((path) => [path, []]));
  for (const path of sources) {
    const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2023);
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      if (statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) continue;
      if (statement.moduleSpecifier.text.startsWith('.')) edges.get(path)?.push(posix.join(dirname(path), statement.moduleSpecifier.text));
    }
  }
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    else if (!done.has(path)) {
      for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of sources) walk(path, []);
  return found;
}

describe('how files are', () => {
  const code = filesUnder('src', 'test', 'bench', 'scripts', 'bin').filter((path) => /\.(ts|mjs)$/.test(path));

  test('their names are lower-case words joined by hyphens', () => {
    const named = /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(ts|mjs)$/;
    expect(code.filter((path) => !named.test(posix.basename(path)))).toEqual([]);
  });

  test('none is longer than 300 lines', () => {
    const lines = (path: string) => readFileSync(join(root, path), 'utf8').split('\n').length;
    expect(code.filter((path) => lines(path) > 300)).toEqual([]);
  });

  test('no test is left out or alone', () => {
    const left = /\b(describe|test|it)(\.[a-z]+)*\.(only|skip|todo|fails)\b/;
    const tests = code.filter((path) => path.endsWith('.test.ts'));
    expect(tests.filter((path) => left.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });
});
