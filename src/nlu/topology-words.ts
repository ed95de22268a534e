import type { Topology, TopologyId } from '../domain/rule.ts';

/** What tells topologies of one product apart. A run of these words names those that have them all. */
const features = ['single', 'pool', 'one-address', 'dns', 'hlb', 'nat', 'public', 'edge', 'director'] as const;
type Feature = (typeof features)[number];

/** Words of a run in folded text, the longer before the shorter. An empty list: words that join the others. */
const tokens: readonly (readonly [RegExp, readonly Feature[]])[] = [
  [
    /single (?:name and |fqdn and |fqdn, |ip )?(?:ip )?address|one (?:name and )?(?:ip )?address|共用一个名称和地址|单一?(?: ?ip ?)?地址/y,
    ['one-address'],
  ],
  [/single|standalone|stand-alone|non-pooled|单个|单台|单一|一台|单(?=(?:控制器|边缘))/y, ['single']],
  [
    /dns ?(?:\+|\/|&|and|plus|,|和|与|加|及) ?(?:hlb|hardware load[- ]?balanc(?:ing|ed|ers?))|(?:hlb|hardware load[- ]?balanc(?:ing|ed|ers?)) ?(?:\+|\/|&|and|plus|和|与|加|及) ?dns/y,
    ['dns', 'hlb'],
  ],
  [
    /dns[- ]load[- ]?balanc(?:ing|ed|er|ers|e)|dns[- ]?lb|dns[- ]balanc(?:ing|ed)|dns ?负载(?:平衡|均衡)|dns(?= ?(?:nat|pool|public|池))/y,
    ['dns'],
  ],
  [/hlb|hardware[- ]load[- ]?balanc(?:ing|ed|ers|er|e)|hardware lb|硬件负载(?:平衡|均衡)器?|硬负载/y, ['hlb']],
  [/natted|nat'ed|nat/y, ['nat']],
  [/public (?:ip )?address(?:es|ing)?|public ips?|public(?= edge)|公(?:共|网|用) ?(?:ip ?)?(?:地址)?/y, ['public']],
  [/director servers?|directors?|控制器服务器|控制器/y, ['director']],
  [/edge servers?|edges?|边缘服务器|边缘/y, ['edge']],
  [/pools?|池/y, ['pool']],
  [
    /consolidated|scaled|合并|扩展|load[- ]balanc(?:ing|ed)|负载(?:平衡|均衡)|private (?:ip )?addresses|专用 ?ip ?地址|with|using|behind|\(|and|the|an|a|server|服务器|使用|的|带|和|，|,|\+/y,
    [],
  ],
];

/** What a run's first word may begin with. */
export const beginsRun = /[dehnops单共一硬公控边池]/;

/** A run of words: the features in it, and where its last one ends. */
export type Run = { readonly features: ReadonlySet<Feature>; readonly end: number };

/** The longest run of topology words that begins at `at`; null where there is none that tells topologies apart. */
export function topologyRun(text: string, at: number): Run | null {
  const found = new Set<Feature>();
  let best: Run | null = null;
  for (let place = at, steps = 0; steps < 12; steps++) {
    const token = tokenAt(text, place);
    if (token === null) break;
    const [next, meant] = token;
    if (steps === 0 && meant.length === 0) break;
    const second = meant.some((feature) => isPart(feature) && !found.has(feature)) && [...found].some(isPart);
    if (second) break;
    for (const feature of meant) found.add(feature);
    if (meant.length > 0 && tells(found)) best = { features: new Set(found), end: next };
    place = next;
    while (text.charAt(place) === ' ' || text.charAt(place) === '-') place++;
  }
  // "Director with HLB VIP" is the VIP's name.
  return best !== null && /^[ -]?vip/.test(text.slice(best.end, best.end + 4)) ? null : best;
}

const isPart = (feature: Feature): boolean => feature === 'edge' || feature === 'director';

/** A part alone ("edge pool") is a role's name, and one feature alone an everyday word. */
function tells(found: ReadonlySet<Feature>): boolean {
  const telling = features.slice(2, 7).filter((feature) => found.has(feature)).length + (found.has('single') ? 1 : 0);
  return telling > 0 && ([...found].some(isPart) || found.has('pool') || telling > 1);
}

function tokenAt(text: string, at: number): readonly [number, readonly Feature[]] | null {
  for (const [pattern, meant] of tokens) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = at + match[0].length;
    if (/[a-z]/.test(text.charAt(end - 1)) && /[a-z]/.test(text.charAt(end))) continue;
    return [end, meant];
  }
  return null;
}

/** The features that a topology's own name has. */
export function featuresOf({ name }: Pick<Topology, 'name'>): ReadonlySet<Feature> {
  const text = name.en.toLowerCase();
  const found = new Set<Feature>();
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && /[a-z]/.test(text.charAt(at - 1))) continue;
    const token = tokenAt(text, at);
    if (token === null) continue;
    for (const feature of token[1]) found.add(feature);
    at = token[0] - 1;
  }
  return found;
}

export type Featured = { readonly id: TopologyId; readonly features: ReadonlySet<Feature> };

/** The topologies a run names: those that have all its features, and of them those with the fewest others. */
export function topologiesOf(run: ReadonlySet<Feature>, all: readonly Featured[]): readonly TopologyId[] {
  const having = all.filter(({ features: own }) => [...run].every((feature) => own.has(feature)));
  const counted = features.filter((feature) => feature !== 'pool' && (!isPart(feature) || [...run].some(isPart)));
  const extra = ({ features: own }: Featured) => counted.filter((feature) => own.has(feature) && !run.has(feature)).length;
  const least = Math.min(...having.map(extra));
  return having.filter((topology) => extra(topology) === least).map(({ id }) => id);
}

/** What else products are called than by their names: "Lync" and "Lync 2013" for Lync Server 2013. */
const nicknames: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^lync\b/i, ['lync server']],
  [/^skype\b/i, ['skype for business server', 'skype for business', 'skype', 'sfb', 's4b', 'sfb server', 'skype server']],
];

/** The names of a product: "Skype for Business Server 2015/2019" is called "Skype", "SfB 2019" and more. */
export function productNames(product: string): readonly string[] {
  const years = product.match(/\b(?:19|20)\d\d\b/g) ?? [];
  const short = product.replace(/[\d/ ]+$/, '').trim();
  const called = nicknames.find(([pattern]) => pattern.test(product))?.[1];
  if (called === undefined) return [product];
  const bare = short.replace(/ server$/i, '');
  const all = [...new Set([short, bare, ...called])];
  return [product, ...all, ...all.flatMap((name) => years.map((year) => `${name} ${year}`))];
}
