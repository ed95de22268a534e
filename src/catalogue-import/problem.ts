import type { Message } from '../locale.ts';

/** A file that cannot be read as a catalogue at all: what is wrong with it, and what to do. `line` is null where no line is to blame. */
export class UnreadableSource extends Error {
  override readonly name = 'UnreadableSource';
  readonly said: Message;
  readonly line: number | null;

  constructor(said: Message, line: number | null = null) {
    super(said.key);
    this.said = said;
    this.line = line;
  }
}
