import type { Command } from 'commander';
import type { Foundation } from '../main.ts';

export type PeopleCli = {
  readonly onFoundation: (work: (foundation: Foundation) => Promise<number>) => Promise<void>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** The commands that say whose an account is. A server that runs goes by it from its next turn on. */
export function addPeopleCommands(people: Command, { onFoundation, out, err }: PeopleCli): void {
  const parts = ({ store, knowledge }: Foundation) => ({ store, knowledge: knowledge.current(), write: out, fail: err });

  people
    .command('list')
    .description('everyone with their accounts')
    .option('--json', 'print JSON alone')
    .action((options: { json?: boolean }) =>
      onFoundation(async (foundation) => {
        const { listPeople } = await import('./people.ts');
        return listPeople({ ...parts(foundation), json: options.json ?? false });
      }),
    );

  people
    .command('link')
    .description("make an account a person's")
    .argument('<person>', "a person's id or e-mail")
    .argument('<platform>', 'slack or teams')
    .argument('<account>', 'as U0123456789 on Slack, the object id in Entra on Teams')
    .action((who: string, platform: string, account: string) =>
      onFoundation(async (foundation) => {
        const { linkPerson } = await import('./people.ts');
        return linkPerson({ who, platform, account }, parts(foundation));
      }),
    );

  people
    .command('unlink')
    .description("take a person's linked account away; what people.yaml says stays")
    .argument('<person>', "a person's id or e-mail")
    .argument('<platform>', 'slack or teams')
    .action((who: string, platform: string) =>
      onFoundation(async (foundation) => {
        const { unlinkPerson } = await import('./people.ts');
        return unlinkPerson({ who, platform }, parts(foundation));
      }),
    );
}
