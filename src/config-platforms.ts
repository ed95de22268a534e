import type { ConfigProblem } from './config.ts';
import type { Environment } from './environment.ts';

export type SlackConfig = {
  readonly botToken: string;
  /** Events by HTTP, checked by their signature, or over a socket the program opens itself. */
  readonly transport: { readonly kind: 'http'; readonly signingSecret: string } | { readonly kind: 'socket'; readonly appToken: string };
  readonly apiUrl: string | null;
  readonly approvalsChannel: string | null;
};

const appTypes = ['SingleTenant', 'UserAssignedMSI'] as const;

export type TeamsConfig =
  /** Microsoft's playground on this machine: nobody is authenticated. */
  | { readonly kind: 'local' }
  | {
      readonly kind: 'registered';
      readonly appType: (typeof appTypes)[number];
      readonly appId: string;
      /** Null for a managed identity, which has none. */
      readonly appPassword: string | null;
      readonly tenantId: string;
    };

/** Null when nothing of Slack is set, or when what is set is only half of it; the problem is then pushed. */
export function readSlack(env: Environment, problems: ConfigProblem[]): SlackConfig | null {
  const botToken = env['SLACK_BOT_TOKEN'];
  const signingSecret = env['SLACK_SIGNING_SECRET'];
  const appToken = env['SLACK_APP_TOKEN'];
  const approvalsChannel = env['SLACK_APPROVALS_CHANNEL'] ?? null;
  const apiUrl = env['SLACK_API_URL'] ?? null;
  if (!botToken && !signingSecret && !appToken && !approvalsChannel) return null;
  const before = problems.length;
  const wrong = (variable: string, what: string) => problems.push({ variable, what: `${variable} ${what}` });
  if (!botToken)
    wrong('SLACK_BOT_TOKEN', "is missing: copy it from the app's OAuth & Permissions page, or unset the other SLACK_ variables");
  else if (!botToken.includes('xoxb-')) wrong('SLACK_BOT_TOKEN', 'is not a bot token, which begins with xoxb-');
  if (!signingSecret && !appToken) {
    wrong('SLACK_SIGNING_SECRET', "is missing: copy it from the app's Basic Information page, or set SLACK_APP_TOKEN for Socket Mode");
  }
  if (appToken && !appToken.startsWith('xapp-')) wrong('SLACK_APP_TOKEN', 'is not an app-level token, which begins with xapp-');
  if (approvalsChannel && !/^[CG][A-Z0-9]{2,}$/.test(approvalsChannel)) {
    wrong('SLACK_APPROVALS_CHANNEL', "has to be a channel's id, as C0123456789, not its name");
  }
  if (apiUrl !== null && !/^https?:\/\//.test(apiUrl)) wrong('SLACK_API_URL', 'has to be an address such as https://slack-gov.com/api/');
  if (problems.length > before || !botToken) return null;
  if (appToken) return { botToken, transport: { kind: 'socket', appToken }, apiUrl, approvalsChannel };
  return signingSecret ? { botToken, transport: { kind: 'http', signingSecret }, apiUrl, approvalsChannel } : null;
}

/** Null when nothing of Teams is set, or when what is set is only half of it; the problem is then pushed. */
export function readTeams(env: Environment, loopback: boolean, problems: ConfigProblem[]): TeamsConfig | null {
  const before = problems.length;
  const wrong = (variable: string, what: string) => problems.push({ variable, what: `${variable} ${what}` });
  const registered = ['MicrosoftAppType', 'MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId'].filter((name) => env[name]);
  const local = env['TEAMS_LOCAL'];
  if (local && local !== '0') {
    if (local !== '1') wrong('TEAMS_LOCAL', 'has to be 1, or unset');
    if (!loopback) wrong('TEAMS_LOCAL', 'serves without authentication, so HOST has to be 127.0.0.1: set it so, or unset TEAMS_LOCAL');
    if (registered[0] !== undefined)
      wrong('TEAMS_LOCAL', `serves without authentication, so it cannot stand beside ${registered[0]}: unset one`);
    return problems.length > before ? null : { kind: 'local' };
  }
  if (registered.length === 0) return null;
  const type = env['MicrosoftAppType'];
  const appType = appTypes.find((one) => one === type);
  const appId = env['MicrosoftAppId'];
  const appPassword = env['MicrosoftAppPassword'] ?? null;
  const tenantId = env['MicrosoftAppTenantId'];
  const copied = "copy it from the bot's registration in Azure";
  // The library would take what it does not know for MultiTenant, and no id for no authentication at all.
  if (type === 'MultiTenant')
    wrong('MicrosoftAppType', 'is MultiTenant, and such bots can no longer be created: register a SingleTenant or UserAssignedMSI one');
  else if (!appType)
    wrong('MicrosoftAppType', `${type ? 'has to be' : 'is missing: set it to'} SingleTenant or UserAssignedMSI, as ${registration} says`);
  for (const [variable, value] of [
    ['MicrosoftAppId', appId],
    ['MicrosoftAppTenantId', tenantId],
  ] as const) {
    if (!value) wrong(variable, `is missing: ${copied}, or unset the other MicrosoftApp variables`);
    else if (!isUuid(value)) wrong(variable, `has to be an id such as 3f3d1cea-7a18-41af-872b-cfbbd5140984: ${copied}`);
  }
  if (!appPassword && appType === 'SingleTenant') wrong('MicrosoftAppPassword', `is missing: make a client secret in ${registration}`);
  if (appPassword && appType === 'UserAssignedMSI') wrong('MicrosoftAppPassword', 'has to be unset: a managed identity has none');
  if (!appType || !appId || !tenantId || problems.length > before) return null;
  return { kind: 'registered', appType, appId, appPassword, tenantId };
}

const registration = "the bot's registration in Azure";

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
