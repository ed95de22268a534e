import type { HandlerContext, Prefill, Validator } from '../../dialog/handlers.ts';
import type { Option } from '../../dialog/state.ts';
import type { Site } from '../../domain/site.ts';
import type { Knowledge } from '../ports.ts';
import { compared } from './find-role.ts';
import { readSeed } from './seed.ts';
import { flowsAt, isConcrete } from './site-binding.ts';
import { accepted, refused, unreadable } from './verdicts.ts';

/** The choice of typing addresses instead of taking a site's. */
export const otherSite = 'other';

/** Sites that have addresses for everything the request was opened with, and "other". */
export function siteOptions(knowledge: Knowledge): (context: HandlerContext) => readonly Option[] {
  return ({ seed, env }) => {
    const other = { value: otherSite, label: env.say({ key: 'dialog.other-addresses' }, env.reader) };
    const sites = fittingSites(knowledge, readSeed(knowledge, seed));
    return [...sites.map((site) => ({ value: site.id, label: site.name[env.reader.locale] })), other];
  };
}

function fittingSites(knowledge: Knowledge, { rules, asked }: ReturnType<typeof readSeed>): readonly Site[] {
  const concrete = rules.filter((rule) => isConcrete(knowledge, rule));
  return knowledge.sites.filter((site) => concrete.every((rule) => flowsAt(knowledge, site, rule, asked).length > 0));
}

/** A site by its button, its name or an alias. */
export function siteValidator(knowledge: Knowledge): Validator {
  return {
    freeText: false,
    read: (text, { options }) => {
      const wanted = compared(text);
      const named = knowledge.sites.find((site) =>
        [site.id, site.name.en, site.name['zh-CN'], ...site.aliases].some((name) => compared(name) === wanted),
      );
      const option = options.find(({ value }) => value === (named?.id ?? text));
      if (option !== undefined) return accepted(option.value, option.label);
      if (named !== undefined) return refused({ key: 'field-error.site-lacks', params: { site: named.name } });
      return unreadable({ key: 'field-error.choice', params: { options: options.map(({ label }) => label).join(', ') } });
    },
  };
}

/** Asked about at a site, requested at that site. */
export function seededSite(knowledge: Knowledge): (context: HandlerContext) => Prefill | null {
  return ({ seed, options }) => {
    const { site } = readSeed(knowledge, seed);
    const option = options.find(({ value }) => value === site);
    return option === undefined ? null : { raw: option.value, value: option.value, echo: option.label, notices: [] };
  };
}
