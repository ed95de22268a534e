import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';

/** The far end of Socket Mode: connections that are greeted, and envelopes that are answered or are not. */
export type FakeSocket = {
  readonly url: string;
  readonly connections: () => number;
  /** Sends an envelope down one of the connections. Resolves to what it is acknowledged with, null where that does not come in time. */
  readonly send: (type: string, payload: unknown, options?: { readonly over?: number; readonly waitMs?: number }) => Promise<unknown>;
  /** Ends every connection: as Slack does when it moves one elsewhere, or without a word. */
  readonly drop: (how: 'asked' | 'cut') => void;
  /** Resolves when so many connections stand. */
  readonly connected: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export async function startSocket(): Promise<FakeSocket> {
  const open = new Set<Duplex>();
  const waiting = new Map<string, (answer: unknown) => void>();
  const watchers = new Set<() => void>();
  let envelopes = 0;
  const server = createServer();
  server.on('upgrade', (request, socket: Duplex) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${guid}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const gone = (): void => void open.delete(socket);
    socket.on('close', gone);
    socket.on('error', gone);
    let buffered: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (let frame = readFrame(buffered); frame !== null; frame = readFrame(buffered)) {
        buffered = frame.rest;
        if (frame.opcode === 1) heard(frame.text);
        else if (frame.opcode === 8) {
          gone();
          socket.end(frameOf(8, Buffer.from([0x03, 0xe8])));
        } else if (frame.opcode === 9) socket.write(frameOf(10, Buffer.from(frame.text)));
      }
    });
    open.add(socket);
    socket.write(frameOf(1, Buffer.from(JSON.stringify({ type: 'hello', num_connections: open.size }))));
    for (const watch of watchers) watch();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  function heard(text: string): void {
    const { envelope_id, payload } = acknowledgement.parse(JSON.parse(text));
    waiting.get(envelope_id)?.(payload ?? {});
    waiting.delete(envelope_id);
  }

  return {
    url: `ws://127.0.0.1:${port}/link`,
    connections: () => open.size,
    send(type, payload, { over = 0, waitMs = 4_000 } = {}) {
      const socket = [...open][over];
      if (socket === undefined) throw new Error('nobody is connected');
      envelopes += 1;
      const envelope_id = `e-${envelopes}`;
      const answer = new Promise<unknown>((resolve) => {
        waiting.set(envelope_id, resolve);
        setTimeout(() => resolve(null), waitMs).unref();
      });
      const envelope = { envelope_id, type, payload, accepts_response_payload: type !== 'events_api', retry_attempt: 0, retry_reason: '' };
      socket.write(frameOf(1, Buffer.from(JSON.stringify(envelope))));
      return answer;
    },
    drop(how) {
      for (const socket of open) {
        if (how === 'cut') socket.destroy();
        else socket.write(frameOf(1, Buffer.from(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))));
      }
    },
    connected: (count) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (open.size < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = length < 126 ? Buffer.from([0x80 | opcode, length]) : Buffer.alloc(length < 65_536 ? 4 : 10);
  if (length >= 126) {
    header[0] = 0x80 | opcode;
    header[1] = length < 65_536 ? 126 : 127;
    if (length < 65_536) header.writeUInt16BE(length, 2);
    else header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

/** The first whole frame, which a client always masks; null while there is none. */
function readFrame(data: Buffer): { readonly opcode: number; readonly text: string; readonly rest: Buffer } | null {
  if (data.length < 2) return null;
  const short = data.readUInt8(1) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (data.length < start + 4) return null;
  const length = short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
  if (data.length < start + 4 + length) return null;
  const mask = data.subarray(start, start + 4);
  const payload = data.subarray(start + 4, start + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { opcode: data.readUInt8(0) & 0x0f, text: Buffer.from(payload).toString('utf8'), rest: data.subarray(start + 4 + length) };
}
