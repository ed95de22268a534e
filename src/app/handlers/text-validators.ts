import type { HandlerContext, Validator, Verdict } from '../../dialog/handlers.ts';
import type { Option } from '../../dialog/state.ts';
import type { Person } from '../../domain/actor.ts';
import type { Knowledge } from '../ports.ts';
import { compared } from './find-role.ts';
import { accepted, refused, unreadable } from './verdicts.ts';

const shortest = 2;

/** Words of a bounded length; `lines` keeps line breaks, which otherwise become blanks. */
export function textValidator(limit: number, shape: 'line' | 'lines'): Validator {
  return {
    freeText: true,
    read: (text) => {
      const said = (shape === 'line' ? text.replace(/\s+/g, ' ') : text).trim();
      const length = [...said].length;
      if (length > limit) return refused({ key: 'field-error.too-long-now', params: { limit, length } });
      if (length < shortest || !/[\p{L}\p{N}]/u.test(said)) return unreadable({ key: 'field-error.too-short' });
      return accepted(said, said);
    },
  };
}

export const choiceValidator: Validator = {
  freeText: false,
  read: (text, { options }): Verdict => {
    const option = options.find(({ value }) => value === text);
    if (option !== undefined) return accepted(option.value, option.label);
    return unreadable({ key: 'field-error.choice', params: { options: options.map(({ label }) => label).join(', ') } });
  },
};

/** The number of a ticket elsewhere (`CHG-42`, `INC0012345`), or its web address. */
export const ticketValidator: Validator = {
  freeText: false,
  read: (text) => {
    const said = text.normalize('NFKC').trim();
    const isNumber = /^(?=.*\d)[A-Za-z0-9#][A-Za-z0-9#_./-]{1,59}$/.test(said);
    const isAddress = /^https?:\/\/[^\s]{3,300}$/i.test(said);
    return isNumber || isAddress ? accepted(said, said) : unreadable({ key: 'field-error.ticket' });
  },
};

/** Someone of the directory, by id, e-mail or name, or by a part of a name that nobody else bears; never the requester themself. */
export function personValidator(knowledge: Knowledge, self: Person | null): Validator {
  const others = knowledge.people.filter((person) => person.id !== self?.id);
  return {
    freeText: false,
    read: (text) => {
      const wanted = compared(text);
      const isNamed = (person: Person) => [person.id, person.email, person.name].some((name) => compared(name) === wanted);
      const isCalled = (person: Person) => person.name.split(/\s+/).some((part) => compared(part) === wanted);
      const byPart = knowledge.people.filter(isCalled);
      const found = others
        .filter(isNamed)
        .concat(byPart.length === 1 ? others.filter((person) => !isNamed(person) && isCalled(person)) : []);
      const [one] = found;
      if (one !== undefined && found.length === 1) return accepted(one.id, one.name);
      if (self !== null && (isNamed(self) || (isCalled(self) && byPart.length === 1))) return refused({ key: 'field-error.person-self' });
      const near = others.filter((person) => wanted.length > 1 && compared(person.name).includes(wanted)).slice(0, 5);
      const suggestions = near.map((person) => ({ label: `${person.name} (${person.email})`, text: person.id }));
      return unreadable({ key: 'field-error.person', params: { text: [...text].slice(0, 80).join('') } }, suggestions);
    },
  };
}

/** The requester, as a quick answer to whose application it is. */
export function ownerOptions(self: Person | null): (context: HandlerContext) => readonly Option[] {
  return ({ env }) =>
    self === null ? [] : [{ value: self.name, label: env.say({ key: 'dialog.me', params: { name: self.name } }, env.reader) }];
}
