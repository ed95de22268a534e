import type { Handlers, KnownNames } from '../dialog/handlers.ts';
import type { Person } from '../domain/actor.ts';
import { expiryValidator } from './handlers/expiry-validator.ts';
import { flowsValidator } from './handlers/flows-validator.ts';
import {
  applicationOrNothing,
  asksForControl,
  autoApplication,
  autoSecurityImpact,
  autoText,
  autoTitle,
  nothing,
  preset,
  seededFlows,
} from './handlers/prefills.ts';
import { saidAnswer, unreadWords } from './handlers/said.ts';
import { seededSite, siteOptions, siteValidator } from './handlers/sites.ts';
import { choiceValidator, ownerOptions, personValidator, textValidator, ticketValidator } from './handlers/text-validators.ts';
import { windowValidator } from './handlers/window-validator.ts';
import type { Knowledge } from './ports.ts';

/** The names that definitions may use, for checking them before there is any knowledge. */
export const knownNames: KnownNames = {
  validators: ['site', 'flows', 'window', 'expiry', 'person', 'ticket', 'choice', 'short-text', 'text'],
  options: ['sites', 'owners', 'unread-words'],
  prefills: [
    'site',
    'flows',
    'title',
    'application',
    'application-or-nothing',
    'security-impact',
    'removal-impact',
    'test-plan',
    'nothing',
    'normal',
  ],
  facts: ['risky'],
  effects: ['submit-request', 'decide', 'record-outcome'],
  dialogs: ['request-rule', 'remove-rule', 'decide', 'record-outcome'],
};

/**
 * What the dialogs' names mean with the knowledge in force; `person` is whoever answers. A request is opened with the seed
 * `{ rules?, from?, to?, site?, flows?, text?, lines?, said?, rest? }`: rule ids and role ids of an answer, a site's id, the flows of a
 * former request, the words somebody typed, flows as lines or as a table, what a sentence says to a question, and what is left of it.
 */
export function dialogHandlers(knowledge: Knowledge, person: Person | null = null): Handlers {
  const site = siteValidator(knowledge);
  const window = windowValidator(knowledge.policy.windows);
  const someone = personValidator(knowledge, person);
  const text = textValidator(2000, 'lines');
  return {
    validators: new Map([
      ['site', site],
      ['flows', flowsValidator(knowledge)],
      ['window', window],
      ['expiry', expiryValidator],
      ['person', someone],
      ['ticket', ticketValidator],
      ['choice', choiceValidator],
      ['short-text', textValidator(150, 'line')],
      ['text', text],
    ]),
    said: saidAnswer(
      knowledge,
      new Map([
        ['site', site],
        ['business_need', text],
        ['ticket', ticketValidator],
        ['on_behalf_of', someone],
        ['urgency', choiceValidator],
        ['window', window],
        ['expiry', expiryValidator],
      ]),
    ),
    options: new Map([
      ['sites', siteOptions(knowledge)],
      ['owners', ownerOptions(person)],
      ['unread-words', unreadWords(knowledge)],
    ]),
    prefills: new Map([
      ['site', seededSite(knowledge)],
      ['flows', seededFlows(knowledge)],
      ['title', autoTitle(knowledge)],
      ['application', autoApplication(knowledge)],
      ['application-or-nothing', applicationOrNothing(knowledge)],
      ['security-impact', autoSecurityImpact(knowledge)],
      ['removal-impact', autoText('security-impact')],
      ['test-plan', autoText('test-plan')],
      ['nothing', nothing],
      ['normal', preset('normal')],
    ]),
    facts: new Map([['risky', asksForControl(knowledge)]]),
  };
}
