import type { Knowledge } from '../../src/app/ports.ts';
import { trueSalt } from './people.ts';
import { startProgram, still, type TestProgram } from './program.ts';
import { readable } from './slack-seen.ts';
import { type SlackWorld, startWorkspace, startWorld } from './slack-world.ts';
import { startTeams, type TestTeams } from './teams.ts';
import { textOf } from './teams-card.ts';
import type { Where } from './teams-person.ts';

/** Where approvers meet in Teams, as an administrator said there. */
export const teamsApprovals = { kind: 'channel', id: '19:approvals@thread.tacv2' } as const satisfies Where;

/** One program that serves Slack and Teams. */
export type Both = {
  readonly started: TestProgram;
  readonly slack: SlackWorld;
  readonly teams: TestTeams;
  /** Resolves when everything that was taken in is worked off, and everything is delivered on either platform. */
  readonly settled: () => Promise<void>;
  /** All that the bot's messages say: to one person alone, or in a platform's approvals channel. */
  readonly toldInSlack: (person: 'engineer' | 'approver' | 'admin') => Promise<string>;
  readonly toldInTeams: (person: string) => string;
  readonly slackApprovals: () => Promise<string>;
  readonly teamsApprovals: () => string;
  readonly close: () => Promise<void>;
};

/** Everybody of the people file has an account on each platform, but for those who are named as strangers to one. */
export async function startBoth(strangers: { readonly slack?: readonly string[]; readonly teams?: readonly string[] } = {}): Promise<Both> {
  const workspace = await startWorkspace();
  const people = workspace.knowledge.people.map((person) => {
    const { slack = '' } = person.identities;
    const isStranger = (platform: 'slack' | 'teams'): boolean => strangers[platform]?.includes(person.id) === true;
    return {
      ...person,
      identities: { ...(isStranger('slack') ? {} : { slack }), ...(isStranger('teams') ? {} : { teams: `aad-${person.id}` }) },
    };
  });
  const knowledge: Knowledge = { ...workspace.knowledge, people };
  const started = await startProgram({ knowledge: still(knowledge), newSalt: trueSalt });
  const slack = await startWorld({ workspace, knowledge, started });
  const teams = await startTeams({ started });
  teams.connector.addChannel(teamsApprovals.id);
  await teams.deliver(teams.who('admin').message('<at>portclerk</at> approvals here', teamsApprovals));
  await teams.posted(teamsApprovals.id, () => true);
  const inTeams = (place: string): string =>
    teams.connector
      .messages(place)
      .map(({ content }) => textOf(content))
      .join('\n');
  return {
    started,
    slack,
    teams,
    async settled() {
      await slack.settled();
      await teams.settle();
      await slack.settled();
    },
    toldInSlack: async (person) => (await slack.seat(person).told()).map(({ blocks }) => readable(blocks)).join('\n'),
    toldInTeams: (person) => inTeams(teams.who(person).personal),
    async slackApprovals() {
      const messages = await slack.seat('approver').messages(slack.emulator.channel('approvals'));
      return messages.map(({ blocks }) => readable(blocks)).join('\n');
    },
    teamsApprovals: () => inTeams(teamsApprovals.id),
    async close() {
      await teams.close();
      await slack.close();
      await started.close();
      await workspace.close();
    },
  };
}
