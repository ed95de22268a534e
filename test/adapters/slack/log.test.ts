import { expect, test } from 'vitest';
import { boltLogger, type LogLine, withoutSecrets } from '../../../src/adapters/slack/log.ts';

test('whatever Bolt says, no token and no secret is printed, nor anything of a payload', () => {
  const lines: LogLine[] = [];
  const logger = boltLogger(withoutSecrets((line) => lines.push(line), ['xoxb-1-known', 'a-signing-secret', '']));
  logger.warn('calling with xoxb-1-known and xoxp-9-somebody', { token: 'xapp-1-A', text: 'typed' });
  logger.error(new Error('signed with a-signing-secret, xapp-1-A2-b, xoxe.xoxb-1-rotating'));
  logger.error('a'.repeat(10_000));
  logger.debug('payload: typed words');
  logger.info('payload: typed words');
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'error', 'error']);
  const said = JSON.stringify(lines);
  expect(said).not.toMatch(/xox|xapp|signing-secret|typed/);
  expect(lines[2]?.what.length).toBeLessThan(600);
});
