import type { JsonObject, Locale, Say } from '../../locale.ts';

/** The manifest's version of Microsoft's schema, a copy of which is kept beside the script that writes it. */
export const manifestVersion = '1.25';
const schemas = `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}`;

/** `publicUrl`: where the program is reached, as `https://…`. `version`: the program's own. */
export type AppPackage = { readonly appId: string; readonly publicUrl: string; readonly version: string; readonly say: Say };

type Command = { readonly title: string; readonly description: string };
type CommandList = { readonly scopes: readonly string[]; readonly commands: readonly Command[] };

/** The file Teams reads first, in English. */
export function teamsManifest({ appId, publicUrl, version, say }: AppPackage): JsonObject {
  const { host, href } = new URL(publicUrl);
  const text = textsIn('en', say);
  return {
    $schema: `${schemas}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version,
    id: appId,
    developer: { name: 'portclerk', websiteUrl: href, privacyUrl: href, termsOfUseUrl: href },
    name: { short: 'portclerk' },
    description: { short: text.short, full: text.full },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#2F5D8C',
    localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'zh-cn', file: 'zh-cn.json' }] },
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: commandLists('en', say),
      },
    ],
    // Without these a bot hears only what names it: no follow-up in a thread.
    webApplicationInfo: { id: appId, resource: href },
    authorization: {
      permissions: {
        resourceSpecific: [
          { name: 'ChannelMessage.Read.Group', type: 'Application' },
          { name: 'ChatMessage.Read.Chat', type: 'Application' },
        ],
      },
    },
    validDomains: [host],
  };
}

/** The same texts in Chinese, by their places in the manifest. */
export function chineseTexts(say: Say): JsonObject {
  const text = textsIn('zh-CN', say);
  const commands = commandLists('zh-CN', say).flatMap((list, place) =>
    list.commands.flatMap(({ title, description }, index) => {
      const at = `bots[0].commandLists[${place}].commands[${index}]`;
      return [[`${at}.title`, title] as const, [`${at}.description`, description] as const];
    }),
  );
  return {
    $schema: `${schemas}/MicrosoftTeams.Localization.schema.json`,
    'name.short': 'portclerk',
    'description.short': text.short,
    'description.full': text.full,
    ...Object.fromEntries(commands),
  };
}

/** What people pick in the field they type in. Teams puts a title there as it is, so each is something the bot understands. */
export function commandLists(locale: Locale, say: Say): readonly CommandList[] {
  const said = (key: string) => say({ key }, { locale, zone: 'UTC' });
  const command = (title: string, description: string): Command => ({ title, description });
  const ports = command(said('help.example.ports'), said('teams.command.ports.about'));
  const help = command(said('teams.command.help'), said('teams.command.help.about'));
  const list = command(said('teams.command.list'), said('teams.command.list.about'));
  const start = command(said('teams.command.new'), said('teams.command.new.about'));
  const approvals = command(said('teams.command.approvals'), said('teams.command.approvals.about'));
  const link = command(said('teams.command.link'), said('teams.command.link.about'));
  return [
    { scopes: ['personal'], commands: [ports, start, list, link, help] },
    { scopes: ['team', 'groupChat'], commands: [ports, start, approvals, help] },
  ];
}

function textsIn(locale: Locale, say: Say): { readonly short: string; readonly full: string } {
  const said = (key: string) => say({ key }, { locale, zone: 'UTC' });
  return { short: said('teams.about.short'), full: said('teams.about.full') };
}
