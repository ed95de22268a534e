import { z } from 'zod';
import { topologySchema } from '../domain/rule.ts';
import { portRangeSchema } from '../domain/service.ts';
import { joinList, splitList } from './csv-cells.ts';
import { writtenPorts } from './draft-yaml.ts';

/** The fields of a value by their paths, as `document.title.en` or `notes.2.zh-CN`. What is null or empty has no field. */
export type FlatFields = ReadonlyMap<string, string>;

const rangesSchema = z.array(portRangeSchema).min(1);
const textsSchema = z.array(z.string()).min(1);
const treeSchema = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

export function flatten(value: unknown, path = ''): FlatFields {
  const [ranges, texts, tree] = [rangesSchema.safeParse(value), textsSchema.safeParse(value), treeSchema.safeParse(value)];
  if (value === null || value === undefined) return new Map();
  if (ranges.success) return new Map([[path, writtenPorts(ranges.data)]]);
  if (texts.success) return new Map([[path, joinList(texts.data)]]);
  if (!tree.success) return new Map([[path, String(value)]]);
  const entries = Array.isArray(tree.data) ? tree.data.map((item, at) => [String(at + 1), item] as const) : Object.entries(tree.data);
  return new Map(entries.flatMap(([key, inner]) => [...flatten(inner, path === '' ? key : `${path}.${key}`)]));
}

type Shape = z.core.JSONSchema.BaseSchema;
const topologyShape: Shape = z.toJSONSchema(topologySchema, { io: 'input', reused: 'inline' });
const ruleShape: Shape | null = itemOf(topologyShape.properties?.['rules']);

/** Puts fields back where they stood, each as the schema of a topology, or of a rule, wants it there. */
export function unflatten(fields: FlatFields, whose: 'topology' | 'rule'): Readonly<Record<string, unknown>> {
  return branch(fields, whose === 'topology' ? topologyShape : ruleShape);
}

function branch(fields: FlatFields, at: Shape | null): Readonly<Record<string, unknown>> {
  const groups = new Map<string, Map<string, string>>();
  for (const [path, text] of fields) {
    const [key = '', ...rest] = path.split('.');
    const group = groups.get(key) ?? new Map<string, string>();
    groups.set(key, group.set(rest.join('.'), text));
  }
  return Object.fromEntries([...groups].map(([key, group]) => [key, grown(group, below(at, key))]));
}

function grown(fields: FlatFields, at: Shape | null): unknown {
  const whole = fields.get('');
  if (whole !== undefined) return leaf(whole, at);
  const list = variant(at, 'array');
  if (list === null) return branch(fields, at);
  const items = Object.entries(branch(fields, { additionalProperties: itemOf(list) ?? {} }));
  return items.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

function leaf(text: string, at: Shape | null): unknown {
  if (variant(at, 'array') !== null) return splitList(text);
  if (variant(at, 'boolean') !== null && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

/** What stands under a key: a field of its own, or any, as the items of a list do. */
function below(at: Shape | null, key: string): Shape | null {
  const found = at === null ? null : ((variant(at, 'object') ?? at).properties?.[key] ?? at.additionalProperties);
  return typeof found === 'object' ? found : null;
}

/** The one of a schema's alternatives that has this type; a nullable one has two. */
function variant(at: Shape | null, type: string): Shape | null {
  if (at === null || at.type === type) return at;
  for (const one of [...(at.anyOf ?? []), ...(at.allOf ?? [])]) {
    const found = typeof one === 'object' ? variant(one, type) : null;
    if (found !== null) return found;
  }
  return null;
}

function itemOf(list: Shape | boolean | null | undefined): Shape | null {
  const items = typeof list === 'object' && list !== null ? list.items : null;
  return typeof items === 'object' && items !== null && !Array.isArray(items) ? items : null;
}
