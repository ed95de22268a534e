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
import { seededSite, siteOptions, siteValidator } from './handlers/sites.ts';
import { choiceValidator, ownerOptions, personValidator, textValidator, ticketValidator } from './handlers/text-validators.ts';
import { windowValidator } from './handlers/window-validator.ts';
import type { Knowledge } from './ports.ts';

/** The names that definitions may use, for checking them before there is any knowledge. */
export const knownNames: KnownNames = {
  validators: ['site', 'flows', 'window', 'expiry', 'person', 'ticket', 'choice', 'short-text', 'text'],
  options: ['sites', 'owners'],
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
 * `{ rules?, from?, to?, site?, flows?, text? }`: rule ids and role ids of an answer, a site's id, the flows of a former request, or the
 * words somebody typed.
 */
export function dialogHandlers(knowledge: Knowledge, person: Person | null = null): Handlers {
  return {
    validators: new Map([
      ['site', siteValidator(knowledge)],
      ['flows', flowsValidator(knowledge)],
      ['window', windowValidator(knowledge.policy.windows)],
      ['expiry', expiryValidator],
      ['person', personValidator(knowledge, person)],
      ['ticket', ticketValidator],
      ['choice', choiceValidator],
      ['short-text', textValidator(150, 'line')],
      ['text', textValidator(2000, 'lines')],
    ]),
    options: new Map([
      ['sites', siteOptions(knowledge)],
      ['owners', ownerOptions(person)],
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
