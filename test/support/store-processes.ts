import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

/** A process over the store, seen by its lines. */
export class StoreProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor(script: string, args: readonly string[], tracer: readonly string[] = []) {
    const [command = process.execPath, ...rest] = [...tracer, process.execPath, '--import', 'tsx', script, ...args];
    this.#child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    if (this.#child.stdout === null) throw new Error('no output');
    this.#reader = createInterface(this.#child.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** The lines up to one that starts so, that one included. */
  async until(start: string): Promise<readonly string[]> {
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`ended before "${start}": ${lines.join(' / ')}`);
      lines.push(value);
      if (value.startsWith(start)) return lines;
    }
  }

  go(): void {
    this.#child.stdin?.write('go\n');
  }

  /** At once and without a word, whatever it runs under too. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    process.kill(-pid, 'SIGKILL');
    await ended;
    this.#reader.close();
  }
}
