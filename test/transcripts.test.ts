import { describe, it } from 'vitest';
import { testClock } from './support/program.ts';
import { loadTranscripts, play } from './support/transcript.ts';
import { openPageStage, openTerminalStage } from './support/transcript-stages.ts';

const stages = { page: openPageStage, terminal: openTerminalStage } as const;

for (const platform of ['page', 'terminal'] as const) {
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
