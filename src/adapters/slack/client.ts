import { type Logger, webApi } from '@slack/bolt';

/** One call of Slack's Web API: its answer as it came. Rejects as the web client does; `failureOf` sorts that. */
export type Call = (method: string, args: Readonly<Record<string, unknown>>) => Promise<webApi.WebAPICallResult>;

const timeoutMs = 10_000;

/** No call is tried twice in here: whoever waits for it is told, and the outbox has its own patience. */
export function createCall(token: string, apiUrl: string | null, logger: Logger): Call {
  const client = new webApi.WebClient(token, clientOptions(apiUrl, logger));
  return (method, args) => client.apiCall(method, { ...args });
}

export function clientOptions(apiUrl: string | null, logger: Logger): webApi.WebClientOptions {
  return {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    logger,
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
  };
}
