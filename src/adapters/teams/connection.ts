import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { createHttpClient } from './http-client.ts';

type Options = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;

/** The bot as it is registered in Azure. */
export type Registration = {
  readonly appType: 'SingleTenant' | 'UserAssignedMSI';
  readonly appId: string;
  readonly appPassword: string | null;
  readonly tenantId: string;
};

/** Where tokens come from, in and out, where that is not Microsoft's public cloud. */
export type Cloud = { readonly settings?: ConfigurationBotFrameworkAuthenticationOptions; readonly credentials?: NonNullable<Options[1]> };

const publicIssuer = 'https://api.botframework.com';

/** botbuilder's adapter, without its way of answering: that prints faults and tells them to whoever called. */
export class Connection extends CloudAdapter {
  /** Lets `work` see the activity once its token is found to be good. Rejects with whatever is wrong with it. */
  authenticated(
    authorization: string,
    activity: Activity,
    work: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, work);
  }
}

/** Without a registration nobody is authenticated, and nothing is signed: for Microsoft's local playground. */
export function connect(registration: Registration | null, { settings = {}, credentials }: Cloud = {}): Connection {
  const issuer = settings.ToBotFromChannelTokenIssuer ?? publicIssuer;
  const registered: ConfigurationBotFrameworkAuthenticationOptions =
    registration === null
      ? { MicrosoftAppId: '' }
      : {
          MicrosoftAppType: registration.appType,
          MicrosoftAppId: registration.appId,
          MicrosoftAppTenantId: registration.tenantId,
          ...(registration.appPassword === null ? {} : { MicrosoftAppPassword: registration.appPassword }),
        };
  return new Connection(
    new ConfigurationBotFrameworkAuthentication(
      { ...registered, ...settings },
      credentials,
      {
        requiredEndorsements: [],
        // The validator also takes tokens that other bots and emulators are given; Teams' alone name the service they come from.
        validateClaims: async (claims) => {
          if (!claims.some(({ type, value }) => type === 'iss' && value === issuer)) throw new Error('not a token of the channel');
        },
      },
      undefined,
      { httpClient: createHttpClient() },
    ),
  );
}
