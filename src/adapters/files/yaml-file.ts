import { readFileSync } from 'node:fs';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../../app/ports.ts';

/** Where to point: at a value, or at the key it stands under. */
export type Aim = 'value' | 'key';
export type Path = readonly PropertyKey[];

/** A YAML file that parsed, with the way from a path in its value back to a place in its text. */
export type YamlFile = {
  readonly path: string;
  readonly value: unknown;
  /** A path that is not there leads to the nearest thing above it that is. */
  readonly problem: (path: Path, what: string, aim?: Aim) => Problem;
  readonly has: (path: Path) => boolean;
};

const LARGEST = 4 * 1024 * 1024;

/** Reads one file. Never throws: what is wrong with it comes back as problems. */
export function readYaml(path: string): { readonly file: YamlFile } | { readonly problems: readonly Problem[] } {
  const at = (what: string): { problems: readonly Problem[] } => ({ problems: [{ file: path, line: 1, column: 1, what }] });
  let text: string;
  try {
    const bytes = readFileSync(path);
    if (bytes.length > LARGEST) return at(`the file is larger than ${LARGEST} bytes`);
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return at(whyUnreadable(error));
  }
  try {
    return parse(path, text);
  } catch (error) {
    return at(error instanceof RangeError ? 'nested too deeply' : error instanceof Error ? error.message : String(error));
  }
}

function whyUnreadable(error: unknown): string {
  if (error instanceof TypeError) return 'not UTF-8 text: save the file as UTF-8';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'the file is missing';
  if (code === 'EISDIR') return 'a file is wanted here, not a directory';
  return `the file cannot be read: ${String(error)}`;
}

function parse(path: string, text: string): { readonly file: YamlFile } | { readonly problems: readonly Problem[] } {
  const counter = new LineCounter();
  const doc = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number, what: string): Problem => {
    const { line, col } = counter.linePos(offset);
    return { file: path, line: Math.max(line, 1), column: Math.max(col, 1), what };
  };
  // One slip can upset the parser a thousand times over.
  const problems = [...doc.errors, ...doc.warnings].slice(0, 20).map((error) => place(error.pos[0], error.message));
  if (problems.length > 0) return { problems };
  return {
    file: {
      path,
      // Throws for a file whose aliases, written out, would never end.
      value: doc.toJS({ maxAliasCount: 100 }),
      problem: (at, what, aim = 'value') => place(offsetOf(doc, at, aim), what),
      has: (at) => find(doc, at).depth === at.length,
    },
  };
}

type Found = { readonly depth: number; readonly value: unknown; readonly key: unknown };

function find(doc: Document, path: Path): Found {
  let found: Found = { depth: 0, value: doc.contents, key: null };
  for (const name of path) {
    const next = child(isAlias(found.value) ? found.value.resolve(doc) : found.value, name);
    if (next === null) return found;
    found = { depth: found.depth + 1, ...next };
  }
  return found;
}

function child(node: unknown, name: PropertyKey): Omit<Found, 'depth'> | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(name));
    return pair === undefined ? null : { value: pair.value, key: pair.key };
  }
  if (isSeq(node)) {
    const item = node.items[Number(name)];
    return item === undefined ? null : { value: item, key: item };
  }
  return null;
}

function offsetOf(doc: Document, path: Path, aim: Aim): number {
  const { value, key } = find(doc, path);
  const nodes = aim === 'key' ? [key, value] : [value, key];
  for (const node of nodes) if (isNode(node) && node.range) return node.range[0];
  return 0;
}
