import { randomBytes, randomUUID } from 'node:crypto';
import pino, { type Logger } from 'pino';
import { watchKnowledge } from './adapters/files/watch.ts';
import { listen } from './adapters/http/listen.ts';
import { createOperations } from './adapters/http/operations.ts';
import { migrateStore, type OpenStore, openStore } from './adapters/store/open-store.ts';
import { createLive } from './adapters/web/live.ts';
import { createWebPlatform } from './adapters/web/platform.ts';
import { startEntry } from './app/audit-drafts.ts';
import { knownNames } from './app/dialog-handlers.ts';
import type { Clock, KnowledgeSource, Problem } from './app/ports.ts';
import { createProgram, type Program, type ProgramParts } from './app/program.ts';
import type { ChatPlatform } from './chat/platform.ts';
import { createSigner } from './commands/signer.ts';
import { type Config, databaseUrl } from './config.ts';
import { AppError } from './errors.ts';
import { type Served, servedPlatforms } from './main-platforms.ts';

const lookAtFilesEveryMs = 1_000;
const deliverEveryMs = 1_000;

export const systemClock: Clock = { now: () => new Date() };

/** The parts every way of running has: the database brought up to date, and the files in force. */
export type Foundation = {
  readonly store: OpenStore;
  readonly knowledge: KnowledgeSource;
  readonly close: () => Promise<void>;
};

/** Problems in the files come back as they are; nothing is opened then. */
export async function layFoundation(config: Config, clock: Clock): Promise<Foundation | { readonly problems: readonly Problem[] }> {
  const watched = watchKnowledge(config.dirs, knownNames, lookAtFilesEveryMs);
  if (!watched.ok) return { problems: watched.problems };
  await migrate(config, clock);
  const store = await openStore(databaseUrl(config), clock);
  return {
    store,
    knowledge: watched.source,
    close: async () => {
      watched.source.close();
      await store.close();
    },
  };
}

/** Brings the database up to date and names the steps taken. Throws `AppError('config-invalid')` when it can't be used at all. */
export async function migrate(config: Config, clock: Clock): Promise<readonly string[]> {
  try {
    return await migrateStore(databaseUrl(config), clock);
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error)) throw error;
    const { database } = config;
    // An address may hold a password.
    const where = database.kind === 'sqlite' ? database.file : 'that DATABASE_URL names';
    const what = `the database ${where} cannot be used (${error.message}): make it one that can be reached and written, or set DATABASE_URL to another`;
    throw new AppError('config-invalid', what, { cause: error });
  }
}

/** The program over a foundation, with real randomness. */
export function assemble(
  { store, knowledge }: Foundation,
  config: Config,
  clock: Clock,
  hears: Pick<ProgramParts, 'log' | 'onFault'>,
): Program {
  return createProgram({
    store,
    knowledge,
    clock,
    defaults: config.defaults,
    auditQuestions: config.auditQuestions,
    whoMayAsk: config.whoMayAsk,
    newId: randomUUID,
    newSalt: () => randomBytes(32).toString('base64'),
    ...hears,
  });
}

/** Keeps in the audit trail with which files and settings a process starts: what changed while none ran is seen then. */
export async function recordStart({ store, knowledge }: Foundation, config: Config): Promise<void> {
  const { local, database, publicUrl, defaults, auditQuestions, auditAnchorDir } = config;
  const platforms = [...(config.slack === null ? [] : ['slack']), ...(config.teams === null ? [] : ['teams'])];
  const settings = { local, platforms, database: database.kind, public_url: publicUrl, defaults: { ...defaults } };
  const audit = [startEntry(knowledge.current(), { ...settings, questions: auditQuestions, anchored: auditAnchorDir !== null })];
  await store.commit({ audit });
}

/** The local page as another process serves it, now or later: what is for it waits until then. */
export function pageElsewhere({ store }: Foundation): ChatPlatform {
  return { ...createWebPlatform(store, createLive('elsewhere'), systemClock), reach: 'nowhere' };
}

/** `vkey` is the key that the audit log is signed with, as others check it. */
export type Serving = { readonly url: string; readonly vkey: string; readonly close: () => Promise<void> };

/** The server: every configured platform, and the operator's routes, on one port. */
export async function serve(config: Config, foundation: Foundation, clock: Clock = systemClock): Promise<Serving> {
  const logger: Logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const { store, knowledge } = foundation;
  const served: Served[] = [];
  const operations = createOperations(
    async () => {
      const problems = knowledge.problems();
      const platforms = served.flatMap(({ platform }) => {
        const trouble = platform.trouble?.() ?? null;
        return trouble === null ? [] : [[platform.id, trouble]];
      });
      const database = await store.nextRequestNumber().then(
        () => null,
        () => 'the database does not answer',
      );
      return {
        ...(database === null ? {} : { database }),
        ...Object.fromEntries(platforms),
        ...(problems.length === 0 ? {} : { files: `${problems.length} problems; the earlier state is in force` }),
      };
    },
    () => {
      const audit = signer.trouble();
      return audit === null ? {} : { audit };
    },
    store.backlog,
  );
  const onFault = (fault: unknown): void => logger.error({ err: fault }, 'fault');
  const program = assemble(foundation, config, clock, {
    onFault,
    log: ({ ended, platform, ...event }) => {
      operations.deliveryFailures.inc({ platform, ended: String(ended) });
      logger.warn({ platform, ended, ...event }, 'not delivered');
    },
  });
  let telling: Promise<void> = Promise.resolve();
  const tell = (work: () => Promise<void>): void => {
    telling = telling.then(work).catch(onFault);
  };
  const signer = createSigner(config, {
    store,
    clock,
    onSealed: (sealed) => tell(() => program.anchor(sealed)),
    onTrouble: (what) => {
      operations.auditTrouble.set(what === null ? 0 : 1);
      if (what === null) logger.info('the audit log is signed and anchored again');
      else {
        logger.error({ what }, 'the audit log is not signed or anchored');
        tell(() => program.warn(what));
      }
    },
  });
  const { vkey } = await signer.start();
  await recordStart(foundation, config);
  const stopHearing = knowledge.onReload((outcome) => {
    if (outcome.ok) logger.info({ versions: knowledge.current().versions }, 'files reloaded');
    else logger.error({ problems: outcome.problems }, 'files changed but not taken over; the earlier state stays in force');
  });
  served.push(...(await servedPlatforms({ config, program, store, knowledge, clock, operations, logger, onFault })));
  for (const { platform } of served) program.attach(platform);
  const routers = served.flatMap(({ router }) => (router === null ? [] : [router]));
  const server = await listen([...routers, operations.router], config.host, config.port);
  for (const { start } of served) await start();
  const delivering = setInterval(() => {
    program.deliver().catch(onFault);
    void signer.tick();
  }, deliverEveryMs);
  program.deliver().catch(onFault);
  return {
    url: server.url,
    vkey,
    close: async () => {
      clearInterval(delivering);
      stopHearing();
      program.stop();
      for (const { close } of served) await close();
      await server.close();
      await program.deliver();
      await signer.finish();
      await telling;
      await program.deliver();
      await foundation.close();
    },
  };
}
