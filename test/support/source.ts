import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every file under these folders of the repository, as a path from its root. */
export function filesUnder(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .sort(),
  );
}

/** A text that source code puts together: fixed parts, and between them either one of some known texts or anything. */
export type Pattern = { readonly parts: readonly (string | readonly string[] | null)[]; readonly isKey: boolean; readonly at: string };

/** Every text written in the source files. `isKey`: it is given as a `key`, by a property or a parameter of that name. */
export function textPatterns(paths: readonly string[]): readonly Pattern[] {
  const files = paths.map((path) => join(root, path));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  });
  const checker = program.getTypeChecker();
  const patterns: Pattern[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source === undefined) continue;
    const visit = (node: ts.Node): void => {
      const parts = partsOf(node, checker);
      if (parts !== null) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        patterns.push({ parts, isKey: isGivenAsKey(node, checker), at: `${relative(root, file)}:${line + 1}` });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return patterns;
}

function partsOf(node: ts.Node, checker: ts.TypeChecker): Pattern['parts'] | null {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return null;
  return [
    node.head.text,
    ...node.templateSpans.flatMap((span) => [valuesOf(checker.getTypeAtLocation(span.expression)), span.literal.text]),
  ];
}

function valuesOf(type: ts.Type): readonly string[] | null {
  const types = type.isUnion() ? type.types : [type];
  const texts = types.flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
  return texts.length === types.length ? texts : null;
}

function isGivenAsKey(node: ts.Node, checker: ts.TypeChecker): boolean {
  let value = node;
  while (ts.isConditionalExpression(value.parent) && value.parent.condition !== value) value = value.parent;
  const { parent } = value;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === value && parent.name.getText() === 'key';
  if (!ts.isCallExpression(parent)) return false;
  const place = [...parent.arguments].findIndex((argument) => argument.pos === value.pos);
  return place >= 0 && checker.getResolvedSignature(parent)?.parameters[place]?.name === 'key';
}

/** All the texts a pattern can make, or null where anything may stand in it. */
export function expansions({ parts }: Pattern): readonly string[] | null {
  let texts: readonly string[] = [''];
  for (const part of parts) {
    if (part === null) return null;
    const choices = typeof part === 'string' ? [part] : part;
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return texts;
}

/** Matches what a pattern can make. */
export function expressionOf({ parts }: Pattern): RegExp {
  const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const source = parts.map((part) =>
    part === null ? '.+' : typeof part === 'string' ? literally(part) : `(?:${part.map(literally).join('|')})`,
  );
  return new RegExp(`^${source.join('')}$`);
}
