import { AppError } from './errors.ts';

const deepest = 256;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * RFC 8785 text of a value. Takes null, booleans, finite numbers, well-formed strings, plain arrays and plain objects;
 * throws `AppError('not-canonical')` for everything else, naming the place, so that no two values can share a text unseen.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

function write(value: unknown, place: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, place);
    case 'number':
      if (!Number.isFinite(value)) throw refused(place, `${value} is no JSON number`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= deepest) throw refused(place, `it is nested more than ${deepest} deep`);
      return Array.isArray(value) ? writeArray(value, place, depth + 1) : writeObject(value, place, depth + 1);
    default:
      throw refused(place, `${typeof value} has no JSON form`);
  }
}

function writeString(text: string, place: string): string {
  if (loneSurrogate.test(text)) throw refused(place, 'a string holds half of a surrogate pair');
  return JSON.stringify(text);
}

function writeArray(list: readonly unknown[], place: string, depth: number): string {
  if (Object.getPrototypeOf(list) !== Array.prototype) throw refused(place, 'it is no plain array');
  if (Reflect.ownKeys(list).length !== list.length + 1) throw refused(place, 'an array has holes or names');
  return `[${list.map((item, index) => write(item, `${place}[${index}]`, depth)).join(',')}]`;
}

function writeObject(object: object, place: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw refused(place, 'it is no plain object');
  const members: string[] = [];
  // The default order compares UTF-16 units, which is the order RFC 8785 asks for.
  for (const key of Reflect.ownKeys(object)
    .map((key) => nameOf(key, place))
    .sort()) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (!property?.enumerable || !('value' in property)) throw refused(place, `"${key}" is hidden or computed`);
    members.push(`${writeString(key, place)}:${write(property.value, `${place}.${key}`, depth)}`);
  }
  return `{${members.join(',')}}`;
}

function nameOf(key: string | symbol, place: string): string {
  if (typeof key === 'symbol') throw refused(place, 'a symbol is no name');
  return key;
}

function refused(place: string, why: string): AppError {
  return new AppError('not-canonical', `not canonical JSON at ${place}: ${why}`);
}
