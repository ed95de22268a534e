import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAuditCommands } from './commands/audit-cli.ts';
import { addAuditRecordCommands } from './commands/audit-record-cli.ts';
import { addCatalogueCommands } from './commands/catalogue.ts';
import { addPeopleCommands } from './commands/people-cli.ts';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import type { Reader } from './locale.ts';
import type { Foundation } from './main.ts';

const usageError = 64;
const defaultColumns = 100;
const playground = 'npx @microsoft/m365agentsplayground';

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const err = (line: string): void => void process.stderr.write(`${line}\n`);

/** The commands. What a command needs is loaded when it runs: a start costs no more than its own command. */
function commands(): Command {
  const program = new Command('portclerk')
    .description('answers port questions from a rule catalogue and takes firewall change requests to their approval')
    .version(version())
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  program.command('serve').description('run the server; with no chat platform configured, in local mode').action(runServe);
  program
    .command('chat')
    .description('the bot in a terminal, in local mode alone')
    .option('--as <person>', "a person's id or e-mail", 'engineer')
    .action(runChat);
  program
    .command('ask')
    .description('one answer; without a question, one for each line of standard input')
    .argument('[question...]')
    .option('--json', 'print JSON alone')
    .option('--topology <id>', 'a topology to answer from; several: again, or joined by commas', joined)
    .action(runAsk);
  program
    .command('flow')
    .description('whether a flow is covered, by which rules and which requests')
    .requiredOption('--from <address>', 'an address, a prefix or a range')
    .requiredOption('--to <address>', 'an address, a prefix or a range')
    .requiredOption('--service <service>', 'as 5061/tcp, 50000-59999/udp or icmp')
    .option('--json', 'print JSON alone')
    .action(runFlow);
  program.command('check').description('validate data, dialogs, texts and environment').action(runCheck);
  const requests = program.command('requests').description('the stored requests');
  requests.command('list').option('--json', 'print JSON alone').action(runRequestsList);
  requests.command('show').argument('<id>').option('--json', 'print JSON alone').action(runRequestsShow);
  addPeopleCommands(program.command('people').description('whose an account is'), { onFoundation, out, err });
  const audit = program.command('audit').description('the audit trail');
  addAuditCommands(audit, { configured, out, err });
  addCatalogueCommands(program, { configured, badFiles, write: (text) => void process.stdout.write(text), out, err });
  addAuditRecordCommands(audit, { onFoundation, version, out, err });
  const db = program.command('db').description('the database');
  db.command('migrate').description('bring it up to date').action(runMigrate);
  db.command('backup').description('copy it while it is in use').argument('<file>').action(runBackup);
  return program;
}

/** The package's version, read without a parser: it is all that `--version` needs. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}

/** An option that may be given again: all of them, joined by commas. */
const joined = (value: string, before: string | undefined): string => (before === undefined ? value : `${before},${value}`);

async function configured(): Promise<Config> {
  const [{ readConfig }, { loadEnvironment }] = await Promise.all([import('./config.ts'), import('./environment.ts')]);
  const result = readConfig(loadEnvironment('.env', process.env));
  if (result.ok) return result.config;
  throw new AppError('config-invalid', result.problems.map(({ what }) => what).join('\n'));
}

/** Runs what needs the database and the files, and closes them after it. */
async function onFoundation(work: (foundation: Foundation, config: Config) => Promise<number>): Promise<void> {
  const config = await configured();
  const { layFoundation, systemClock } = await import('./main.ts');
  const foundation = await layFoundation(config, systemClock);
  if ('problems' in foundation) throw badFiles(foundation.problems);
  try {
    process.exitCode = await work(foundation, config);
  } finally {
    await foundation.close();
  }
}

function badFiles(
  problems: readonly { readonly file: string; readonly line: number; readonly column: number; readonly what: string }[],
): AppError {
  return new AppError('data-invalid', problems.map(({ file, line, column, what }) => `${file}:${line}:${column}: ${what}`).join('\n'));
}

async function runServe(): Promise<void> {
  const config = await configured();
  const { layFoundation, serve, systemClock } = await import('./main.ts');
  const foundation = await layFoundation(config, systemClock);
  if ('problems' in foundation) throw badFiles(foundation.problems);
  const serving = await serve(config, foundation).catch(async (error: unknown) => {
    await foundation.close();
    throw error;
  });
  if (config.local) {
    out(`portclerk in local mode: ${serving.url}`);
    out('Ask, request and approve there as different sample people. Nothing signed in local mode is in force.');
    out('How to connect Slack and Teams: docs/slack.md and docs/teams.md.');
  } else {
    const platforms = [config.slack && 'Slack', config.teams && 'Teams'].filter(Boolean).join(' and ');
    out(`portclerk serves ${platforms} at ${serving.url}`);
    if (config.teams?.kind === 'local') {
      out(`Nobody is authenticated: this is for Microsoft's playground alone, ${playground} -e ${serving.url}api/messages -c msteams`);
    }
  }
  out(`The audit log is signed with ${serving.vkey}`);
  out('Ctrl-C stops.');
  const stop = (): void => {
    // A second Ctrl-C means now.
    process.once('SIGINT', () => process.exit(1));
    serving.close().catch((error: unknown) => fail(error));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function runChat(options: { as: string }): Promise<void> {
  return onFoundation(async (foundation, config) => {
    if (!config.local) {
      throw new AppError(
        'config-invalid',
        'chat runs in local mode alone: with a chat platform configured, people sign there as themselves',
      );
    }
    const [{ chat }, { assemble, pageElsewhere, recordStart, systemClock }, { createSigner }, { randomUUID }] = await Promise.all([
      import('./commands/chat.ts'),
      import('./main.ts'),
      import('./commands/signer.ts'),
      import('node:crypto'),
    ]);
    const knowledge = foundation.knowledge.current();
    const person = knowledge.people.find(({ id, email }) => id === options.as || email === options.as);
    const onFault = (fault: unknown): void => err(fault instanceof Error ? fault.message : String(fault));
    const log = ({ reason }: { reason: string }): void => err(`not delivered: ${reason}`);
    const program = assemble(foundation, config, systemClock, { onFault, log });
    const signer = createSigner(config, {
      store: foundation.store,
      clock: systemClock,
      onTrouble: (what) => void (what !== null && err(what)),
    });
    await signer.start();
    await recordStart(foundation, config);
    await chat({
      account: { id: person?.id ?? options.as, name: person?.name ?? options.as },
      reader: person ?? config.defaults,
      say: knowledge.say,
      newId: randomUUID,
      connect: (platform) => {
        program.attach(platform);
        program.attach(pageElsewhere(foundation));
        return program;
      },
      input: process.stdin,
      output: process.stdout,
    });
    program.stop();
    await signer.finish();
    return 0;
  });
}

async function runAsk(question: string[], options: { json?: boolean; topology?: string }): Promise<void> {
  const config = await configured();
  const [{ askCommand }, { loadKnowledge }, { knownNames }] = await Promise.all([
    import('./commands/ask.ts'),
    import('./adapters/files/load.ts'),
    import('./app/dialog-handlers.ts'),
  ]);
  const loaded = loadKnowledge(config.dirs, knownNames);
  if (!loaded.ok) throw badFiles(loaded.problems);
  process.exitCode = await askCommand(
    {
      ...(question.length > 0 ? { question: question.join(' ') } : {}),
      ...(options.topology === undefined ? {} : { topology: options.topology }),
      json: options.json ?? false,
      input: process.stdin,
      write: out,
      fail: err,
    },
    loaded.knowledge,
  );
}

function runFlow(options: { from: string; to: string; service: string; json?: boolean }): Promise<void> {
  return onFoundation(async ({ store, knowledge }, config) => {
    const { flowCommand } = await import('./commands/flow.ts');
    const { from, to, service } = options;
    const ends = { from, to, service, json: options.json ?? false, reader: config.defaults };
    return flowCommand({ ...ends, store, knowledge: knowledge.current(), write: out, fail: err });
  });
}

async function runCheck(): Promise<void> {
  const [{ check }, { knownNames }] = await Promise.all([import('./commands/check.ts'), import('./app/dialog-handlers.ts')]);
  process.exitCode = check({ environment: process.env, envFile: '.env', known: knownNames, out, err });
}

async function requestsParts({ store, knowledge }: Foundation, config: Config, json: boolean | undefined) {
  const [{ withSettings }, { instantOf }] = await Promise.all([import('./app/roster.ts'), import('./domain/instant.ts')]);
  const reader: Reader = config.defaults;
  const columns = process.stdout.columns ?? defaultColumns;
  const known = withSettings(knowledge.current(), await store.settings(), instantOf(new Date()));
  return { store, knowledge: known, reader, json: json ?? false, columns, write: out, fail: err };
}

function runRequestsList(options: { json?: boolean }): Promise<void> {
  return onFoundation(async (foundation, config) => {
    const { listRequests } = await import('./commands/requests.ts');
    return listRequests(await requestsParts(foundation, config, options.json));
  });
}

function runRequestsShow(id: string, options: { json?: boolean }): Promise<void> {
  return onFoundation(async (foundation, config) => {
    const { showRequest } = await import('./commands/requests.ts');
    return showRequest(id, await requestsParts(foundation, config, options.json));
  });
}

async function runMigrate(): Promise<void> {
  const config = await configured();
  const { migrate, systemClock } = await import('./main.ts');
  const steps = await migrate(config, systemClock);
  out(steps.length === 0 ? 'up to date' : steps.join('\n'));
}

async function runBackup(file: string): Promise<void> {
  const config = await configured();
  const { backup } = await import('./commands/db.ts');
  process.exitCode = await backup(config.database, file, { write: out, fail: err });
}

/** One clear line, and the exit code: 64 for wrong usage, 1 for everything else. Only a fault nobody foresaw shows its stack. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : usageError;
    return;
  }
  err(error instanceof AppError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}

await commands().parseAsync().catch(fail);
