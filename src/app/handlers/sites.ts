import type { HandlerContext, Offer, Prefill, Validator } from '../../dialog/handlers.ts';
import type { Option } from '../../dialog/state.ts';
import type { Endpoint } from '../../domain/flow.ts';
import type { Site } from '../../domain/site.ts';
import type { LocalText } from '../../locale.ts';
import type { Knowledge } from '../ports.ts';
import { compared } from './find-role.ts';
import { readLine } from './flow-lines.ts';
import { readPaste } from './flow-paste.ts';
import { type RequestSeed, readSeed } from './seed.ts';
import { boundAt, flowsAt, isConcrete, narrowed, roleOf } from './site-binding.ts';
import { accepted, refused, unreadable } from './verdicts.ts';

/** The choice of typing addresses instead of taking a site's. */
export const otherSite = 'other';

/** Sites that have addresses for everything the request was opened with, and "other". */
export function siteOptions(knowledge: Knowledge): (context: HandlerContext) => readonly Option[] {
  return ({ seed, env }) => {
    const other = { value: otherSite, label: env.say({ key: 'dialog.other-addresses' }, env.reader) };
    const wanted = readSeed(knowledge, seed);
    const sites = knowledge.sites.filter((site) => lacking(knowledge, site, wanted).length === 0);
    return [...sites.map((site) => ({ value: site.id, label: site.name[env.reader.locale] })), other];
  };
}

/** The roles a request was opened with that have no addresses at a site. */
function lacking(knowledge: Knowledge, site: Site, { rules, asked, lines }: RequestSeed): readonly LocalText[] {
  const ends = rules
    .filter((rule) => isConcrete(knowledge, rule) && flowsAt(knowledge, site, rule, asked).length === 0)
    .flatMap((rule) => [...narrowed(rule.source, asked.from), ...(rule.via === null ? narrowed(rule.destination, asked.to) : [rule.via])]);
  const unbound = ends.filter((role) => boundAt(knowledge, site, role).length === 0).flatMap((role) => roleOf(knowledge, role)?.name ?? []);
  const typed = lines === '' ? [] : readPaste(lines, { knowledge, site }, null).lines;
  const missing = typed.flatMap(({ reading }) => {
    const role = reading.ok || reading.problem.key !== 'field-error.role-unbound' ? undefined : reading.problem.params?.['role'];
    return typeof role === 'object' && 'en' in role ? [role] : [];
  });
  return [...new Map([...unbound, ...missing].map((name) => [name.en, name])).values()];
}

/** A site by its button, its name or an alias. */
export function siteValidator(knowledge: Knowledge): Validator {
  return {
    freeText: false,
    read: (text, context) => {
      const { options, env, seed } = context;
      const wanted = compared(text);
      const named = knowledge.sites.find((site) => namesOf(site).some((name) => compared(name) === wanted));
      const option = options.find(({ value }) => value === (named?.id ?? text));
      if (option !== undefined) return accepted(option.value, option.label);
      if (named !== undefined) {
        const roles = lacking(knowledge, named, readSeed(knowledge, seed)).map((name) => name[env.reader.locale]);
        return refused({ key: 'field-error.site-lacks', params: { site: named.name, roles: roles.join(', ') } });
      }
      return unreadable({ key: 'field-error.choice', params: { options: options.map(({ label }) => label).join(', ') } });
    },
  };
}

function namesOf(site: Site): readonly string[] {
  return [site.id, site.name.en, site.name['zh-CN'], ...site.aliases];
}

/** Asked about at a site, requested at that site; and addresses are where they belong, if that is one site alone. */
export function seededSite(knowledge: Knowledge): (context: HandlerContext) => Prefill | Offer | null {
  const validator = siteValidator(knowledge);
  return (context) => {
    const seed = readSeed(knowledge, context.seed);
    const named = knowledge.sites.find(({ id }) => id === seed.site);
    const place = named?.id ?? (seed.rules.length === 0 ? siteOfAddresses(knowledge, seed.lines) : null);
    if (place === null) return null;
    const verdict = validator.read(place, context);
    const raw = named?.name[context.env.reader.locale] ?? place;
    if (verdict.kind === 'refused') return { raw, problem: verdict.problem, suggestions: [] };
    return { raw: place, value: verdict.value, echo: verdict.echo, notices: [] };
  };
}

/** The one site all typed addresses belong to, "other" where they belong to none; null where only a person can say. */
function siteOfAddresses(knowledge: Knowledge, lines: string): string | null {
  if (lines === '') return null;
  const typed = readPaste(lines, { knowledge, site: null }, null).lines;
  const needsSite = typed.some(
    ({ reading }) => !reading.ok && ['field-error.role-without-site', 'field-error.rule-without-site'].includes(reading.problem.key),
  );
  const flows = typed.flatMap(({ written, reading }) => {
    // Where only the service is wrong the ends still say the place.
    const ends = reading.ok ? reading : readLine(written.replace(/ : [^:\n]*$/, ' : 1/tcp'), { knowledge, site: null });
    return ends.ok ? ends.flows : [];
  });
  if (needsSite || flows.length === 0) return null;
  const ends = [...new Set(flows.flatMap(({ source, destination }) => [...source, ...destination]).map(keyOf))];
  const sites = knowledge.sites.filter((site) => ends.every((end) => boundEnds(site).has(end)));
  const [one] = sites;
  return one === undefined ? otherSite : sites.length === 1 ? one.id : null;
}

const keyOf = (endpoint: Endpoint): string => JSON.stringify(endpoint);

function boundEnds({ bindings }: Site): ReadonlySet<string> {
  const roles = Object.values(bindings);
  return new Set(roles.flatMap((endpoints) => (endpoints ?? []).map(keyOf)));
}
