import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateStore, type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import type { Knowledge, KnowledgeSource, WhoMayAsk } from '../../src/app/ports.ts';
import { createProgram, type Program } from '../../src/app/program.ts';
import { loadTestKnowledge } from './knowledge.ts';

/** A clock that moves when it is told to. */
export type TestClock = { now: () => Date; set: (text: string) => void };

export function testClock(text = '2026-11-23T09:00:00.000Z'): TestClock {
  let time = new Date(text);
  return {
    now: () => time,
    set: (next) => {
      time = new Date(next);
    },
  };
}

export type TestProgram = {
  readonly program: Program;
  readonly store: OpenStore;
  readonly clock: TestClock;
  readonly knowledge: KnowledgeSource;
  /** What went wrong with nobody waiting for an answer. */
  readonly faults: readonly unknown[];
  readonly databaseUrl: string;
  readonly close: () => Promise<void>;
};

/** The whole program over a real SQLite file and the repository's own data; platforms are attached by the test. */
export async function startProgram(
  options: {
    clock?: TestClock;
    databaseUrl?: string;
    knowledge?: KnowledgeSource;
    auditQuestions?: boolean;
    whoMayAsk?: WhoMayAsk;
    newSalt?: () => string;
  } = {},
): Promise<TestProgram> {
  const folder = options.databaseUrl === undefined ? mkdtempSync(join(tmpdir(), 'portclerk-')) : null;
  const databaseUrl = options.databaseUrl ?? `sqlite:${join(folder ?? '', 'test.db')}`;
  const clock = options.clock ?? testClock();
  const knowledge = options.knowledge ?? still(loadTestKnowledge());
  const faults: unknown[] = [];
  await migrateStore(databaseUrl, clock);
  const store = await openStore(databaseUrl, clock);
  let ids = 0;
  const run = Math.random().toString(36).slice(2);
  const program = createProgram({
    store,
    knowledge,
    clock,
    defaults: { locale: 'en', zone: 'UTC' },
    auditQuestions: options.auditQuestions ?? true,
    whoMayAsk: options.whoMayAsk ?? 'members',
    newId: () => {
      ids += 1;
      return `${run}-${ids}`;
    },
    newSalt: options.newSalt ?? (() => Buffer.alloc(32, 7).toString('base64')),
    log: () => undefined,
    onFault: (fault) => faults.push(fault),
  });
  return {
    program,
    store,
    clock,
    knowledge,
    faults,
    databaseUrl,
    close: async () => {
      program.stop();
      await program.deliver();
      await store.close();
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Files that never change. */
export function still(knowledge: Knowledge): KnowledgeSource {
  return { current: () => knowledge, problems: () => [], onReload: () => () => undefined };
}
