import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { shortcuts } from '../../../src/adapters/slack/commands.ts';
import { slackEventsPath } from '../../../src/adapters/slack/http.ts';
import { neededScopes } from '../../../src/adapters/slack/start-check.ts';

const url = z.url().optional();
const manifestSchema = z.object({
  display_information: z.object({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4000),
  }),
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), url, description: z.string() })),
    shortcuts: z.array(
      z.object({ name: z.string().max(24), type: z.enum(['global', 'message']), callback_id: z.string(), description: z.string() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ request_url: url, bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.literal(true), request_url: url }),
    socket_mode_enabled: z.boolean(),
  }),
});

const read = (kind: 'http' | 'socket') =>
  manifestSchema.parse(parse(readFileSync(new URL(`../../../docs/slack/manifest-${kind}.yaml`, import.meta.url), 'utf8')));

describe.each(['http', 'socket'] as const)('the app manifest for %s', (kind) => {
  const manifest = read(kind);

  test('asks for exactly the scopes that the start-up check looks for', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...neededScopes].sort());
  });

  test('names the commands, shortcuts and events that are handled', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(['/ports', '/fcr']);
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id).sort()).toEqual(Object.values(shortcuts).sort());
    const events = ['app_home_opened', 'app_mention', 'message.channels', 'message.groups', 'message.im', 'message.mpim'];
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(events);
  });

  test('has one address for everything, or none where a socket is used', () => {
    const { event_subscriptions, interactivity, socket_mode_enabled } = manifest.settings;
    const urls = [event_subscriptions.request_url, interactivity.request_url, ...manifest.features.slash_commands.map((one) => one.url)];
    expect(socket_mode_enabled).toBe(kind === 'socket');
    expect([...new Set(urls)]).toEqual([kind === 'socket' ? undefined : `https://portclerk.example.com${slackEventsPath}`]);
  });
});
