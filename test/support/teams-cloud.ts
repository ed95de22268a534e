import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import type { Cloud } from '../../src/adapters/teams/connection.ts';
import type { Issuer } from './teams-issuer.ts';
import { appId, tenant } from './teams-users.ts';

/** The credentials of a bot whose token was fetched already. */
class GivenToken extends ConfigurationServiceClientCredentialFactory {
  readonly #token: string;

  constructor(token: string) {
    super({ MicrosoftAppType: 'SingleTenant', MicrosoftAppId: appId, MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: tenant });
    this.#token = token;
  }

  override async createCredentials(): ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']> {
    const token = this.#token;
    return {
      async signRequest(request) {
        request.headers.set('Authorization', `Bearer ${token}`);
        return request;
      },
    };
  }
}

/** Where this test's tokens come from, by the settings that the Bot Framework has for private clouds. */
export function testCloud({ issuer, metadataUrl }: Issuer, token: string): Cloud {
  return {
    settings: {
      ToChannelFromBotLoginUrl: 'https://login.test',
      ToChannelFromBotOAuthScope: 'https://issuer.test',
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: 'https://issuer.test',
      ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
      CallerId: 'urn:test',
    },
    credentials: new GivenToken(token),
  };
}
