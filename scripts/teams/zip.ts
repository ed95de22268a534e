import { crc32, deflateRawSync } from 'node:zlib';

export type ZipFile = { readonly name: string; readonly data: Buffer };

/** The first day a ZIP file can name, so that the same files make the same archive. */
const date = (1 << 5) | 1;
const utf8Names = 0x0800;
const deflated = 8;

/** The files as one ZIP archive. */
export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const named = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(data);
    const about = fields([20, utf8Names, deflated, 0, date], [crc32(data), packed.length, data.length], [named.length, 0]);
    const local = Buffer.concat([signature('PK\u0003\u0004'), about, named, packed]);
    locals.push(local);
    entries.push(Buffer.concat([signature('PK\u0001\u0002'), fields([20], [], []), about, fields([0, 0, 0], [0, offset], []), named]));
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = fields([0, 0, files.length, files.length], [directory.length, offset], [0]);
  return Buffer.concat([...locals, directory, signature('PK\u0005\u0006'), end]);
}

function signature(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Numbers of two bytes, then of four, then of two again, as the format has them. */
function fields(words: readonly number[], longs: readonly number[], more: readonly number[]): Buffer {
  const buffer = Buffer.alloc((words.length + more.length) * 2 + longs.length * 4);
  let at = 0;
  for (const word of words) at = buffer.writeUInt16LE(word, at);
  for (const long of longs) at = buffer.writeUInt32LE(long, at);
  for (const word of more) at = buffer.writeUInt16LE(word, at);
  return buffer;
}
