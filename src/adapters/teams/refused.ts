/** Why an activity was not taken in. */
export type RefusalReason = 'body' | 'shape' | 'channel' | 'no-token' | 'token' | 'keys' | 'tenant' | 'service' | 'origin';

/** Hears of every activity that was refused; `why` is for the operator alone. */
export type Refused = (reason: RefusalReason, why: string) => void;
