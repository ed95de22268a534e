import { type ItemLists, Postings, sizeOf } from './postings.ts';
import type { Rule } from './rule.ts';
import { isAbout } from './rule-fit.ts';

type Field = 'application' | 'security' | 'topics';

/** Rules by what they are about: applications, protections, purposes. */
export class TopicIndex {
  readonly #rules: readonly Rule[];
  readonly #lists: Postings;
  /** Which field of a rule a topic stands in. */
  readonly #fields = new Map<string, Field>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.#lists = new Postings(rules.length, (item) => topicsOf(rules[item]));
    for (const { application, security, topics } of rules) {
      for (const topic of topics) this.#fields.set(topic, 'topics');
      if (security !== null) this.#fields.set(security, 'security');
      if (application !== null) this.#fields.set(application, 'application');
    }
  }

  of(topics: readonly string[]): ItemLists {
    return topics.map((topic) => this.#lists.of(topic));
  }

  /**
   * Topics of one field are alternatives; those of different fields hold together ("SIP over MTLS"), unless no rule is of
   * both, as with "SIP and central logging". Topics that no rule has are dropped beside one that some rule has.
   */
  combine(asked: readonly string[]): readonly (readonly string[])[] {
    const known = asked.filter((topic) => this.#lists.has(topic));
    if (known.length === 0) return asked.length === 0 ? [] : [asked];
    const fields = new Map<string, string[]>();
    for (const topic of known) {
      const field = this.#fields.get(topic) ?? '';
      fields.set(field, [...(fields.get(field) ?? []), topic]);
    }
    const groups = [...fields.values()];
    return groups.length < 2 || this.#areTogether(groups) ? groups : [known];
  }

  #areTogether(groups: readonly (readonly string[])[]): boolean {
    const [rarest = []] = groups.map((group) => this.of(group)).toSorted((a, b) => sizeOf(a) - sizeOf(b));
    return rarest.some((list) =>
      list.some((item) => {
        const rule = this.#rules[item];
        return rule !== undefined && isAbout(rule, groups);
      }),
    );
  }
}

function* topicsOf(rule: Rule | undefined): Iterable<string> {
  if (rule === undefined) return;
  if (rule.application !== null) yield rule.application;
  if (rule.security !== null) yield rule.security;
  yield* rule.topics;
}
