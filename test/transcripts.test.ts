import { describe, it } from 'vitest';
import { testClock } from './support/program.ts';
import { loadTranscripts, play, playedOn } from './support/transcript.ts';
import { openSlackStage } from './support/transcript-slack.ts';
import { openPageStage, openTerminalStage } from './support/transcript-stages.ts';
import { openTeamsStage } from './support/transcript-teams.ts';

const stages = { page: openPageStage, terminal: openTerminalStage, slack: openSlackStage, teams: openTeamsStage } as const;

for (const platform of playedOn) {
  describe(`on the ${platform}`, () => {
    for (const transcript of loadTranscripts()) {
      it(transcript.what, async () => {
        const clock = testClock();
        const stage = await stages[platform](clock);
        try {
          await play(transcript, platform, stage, clock);
        } finally {
          await stage.close();
        }
      });
    }
  });
}
