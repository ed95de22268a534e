import { AppError } from './errors.ts';

const deepest = 256;
/** Text that stands for itself: nothing to escape, no surrogates. Nearly all of it; the rest is looked at closely. */
const plainText = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * RFC 8785 text of a value. Takes null, booleans, finite numbers, well-formed strings, plain arrays and plain objects;
 * throws `AppError('not-canonical')` for everything else, naming the place, so that no two values can share a text unseen.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

/** Names and indexes on the way down to the value being written. */
type Path = (string | number)[];

function write(value: unknown, path: Path): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isFinite(value)) throw refused(path, `${value} is no JSON number`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (path.length >= deepest) throw refused(path, `it is nested more than ${deepest} deep`);
      return Array.isArray(value) ? writeArray(value, path) : writeObject(value, path);
    default:
      throw refused(path, `${typeof value} has no JSON form`);
  }
}

function writeString(text: string, path: Path): string {
  if (plainText.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text)) throw refused(path, 'a string holds half of a surrogate pair');
  return JSON.stringify(text);
}

function writeArray(list: readonly unknown[], path: Path): string {
  if (Object.getPrototypeOf(list) !== Array.prototype) throw refused(path, 'it is no plain array');
  if (Reflect.ownKeys(list).length !== list.length + 1) throw refused(path, 'an array has holes or names');
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    path.push(index);
    text += (index === 0 ? '' : ',') + write(list[index], path);
    path.pop();
  }
  return `${text}]`;
}

function writeObject(object: object, path: Path): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw refused(path, 'it is no plain object');
  const members: [string, unknown][] = Object.entries(object);
  if (Reflect.ownKeys(object).length !== members.length) throw refused(path, 'it has hidden members');
  let text = '{';
  // `<` compares UTF-16 units, which is the order RFC 8785 asks for.
  for (const [name, member] of members.sort(([a], [b]) => (a < b ? -1 : 1))) {
    path.push(name);
    text += `${text === '{' ? '' : ','}${writeString(name, path)}:${write(member, path)}`;
    path.pop();
  }
  return `${text}}`;
}

function refused(path: Path, why: string): AppError {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return new AppError('not-canonical', `not canonical JSON at $${place}: ${why}`);
}
