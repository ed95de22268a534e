import type { Json, JsonObject } from '../../src/locale.ts';

/** What stands on a posted card, as a client has it: texts in order, buttons by their titles, inputs by their ids. */
export type Button = { readonly title: string; readonly action: JsonObject };

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !isList(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function* parts(value: Json | undefined): Generator<JsonObject> {
  if (isList(value)) for (const one of value) yield* parts(one);
  else if (isObject(value)) {
    yield value;
    for (const [name, one] of Object.entries(value)) if (name !== 'data' && name !== 'fallback' && name !== 'refresh') yield* parts(one);
  }
}

export function textOf(content: JsonObject): string {
  const texts = [...parts(content['body'])].flatMap((part) => {
    if (part['type'] === 'TextRun' || part['type'] === 'TextBlock') return [String(part['text'])];
    return isObject(part) && typeof part['label'] === 'string' ? [part['label']] : [];
  });
  return texts.join('\n');
}

export function buttonsOf(content: JsonObject): readonly Button[] {
  return [...parts(content)].flatMap((part) => (part['type'] === 'Action.Execute' ? [{ title: String(part['title']), action: part }] : []));
}

/** What stands in the inputs, by their ids. */
export function inputsOf(content: JsonObject): Readonly<Record<string, string>> {
  const inputs = [...parts(content['body'])].filter((part) => String(part['type']).startsWith('Input.'));
  return Object.fromEntries(inputs.map((input) => [String(input['id']), typeof input['value'] === 'string' ? input['value'] : '']));
}

/** What a client sends along with a button: its data and, where it takes them, the inputs as they stand and as they were changed. */
export function sentBy(content: JsonObject, action: JsonObject, typed: Readonly<Record<string, string>>): JsonObject {
  const inputs = action['associatedInputs'] === 'none' ? {} : inputsOf(content);
  const strangers = Object.keys(typed).filter((id) => !(id in inputs));
  if (strangers.length > 0) throw new Error(`there is no input ${strangers.join(', ')} among ${Object.keys(inputs).join(', ')}`);
  const { data } = action;
  return { ...inputs, ...typed, ...(isObject(data) ? data : {}) };
}

/** What a choice sends, by the words it is picked by. */
export function choice(content: JsonObject, id: string, title: string): string {
  const [input] = [...parts(content['body'])].filter((part) => part['id'] === id);
  const choices = input?.['choices'];
  const found = (isList(choices) ? choices : []).find((one) => isObject(one) && one['title'] === title);
  if (!isObject(found)) throw new Error(`${title} cannot be picked in ${id}`);
  return String(found['value']);
}
