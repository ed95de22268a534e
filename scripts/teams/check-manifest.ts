import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { manifestVersion } from '../../src/adapters/teams/manifest.ts';
import { type Json, type JsonObject, jsonSchema } from '../../src/locale.ts';

/** What is wrong with a manifest, or with its texts in another language, by Microsoft's own schemas. */
export function manifestProblems(kind: 'manifest' | 'localization', value: JsonObject): readonly string[] {
  const file = join(import.meta.dirname, `${kind}-${manifestVersion}.schema.json`);
  const schema = z.record(z.string(), jsonSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  const result = z.fromJSONSchema(withOwnDefinitions(schema)).safeParse(value);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** Some parts of the schema are named by where they stand; the reader knows only parts that stand under `definitions`. */
function withOwnDefinitions(schema: JsonObject): JsonObject {
  const definitions: Record<string, Json> = {};
  const moved = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(moved);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === '$ref' ? reference(part) : moved(part)]));
  };
  const reference = (to: Json): Json => {
    if (typeof to !== 'string' || to.startsWith('#/definitions/')) return to;
    const name = to.replaceAll(/[^A-Za-z]+/g, '-');
    if (!(name in definitions)) {
      definitions[name] = true;
      definitions[name] = moved(at(schema, to));
    }
    return `#/definitions/${name}`;
  };
  const { definitions: known = {}, ...rest } = schema;
  const all = { ...(isObject(known) ? Object.fromEntries(Object.entries(known).map(([name, part]) => [name, moved(part)])) : {}) };
  const top = moved(rest);
  return { ...(isObject(top) ? top : {}), definitions: { ...all, ...definitions } };
}

function at(schema: JsonObject, pointer: string): Json {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json>((part, name) => (isObject(part) ? (part[name] ?? null) : null), schema);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
