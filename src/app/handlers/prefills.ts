import { cut } from '../../chat/cut.ts';
import type { HandlerContext, Offer, Prefill } from '../../dialog/handlers.ts';
import { formatEndpoint } from '../../domain/address.ts';
import type { Flow } from '../../domain/flow.ts';
import { flowText, portsText } from '../../domain/flow-text.ts';
import type { Json, Message, MessageParam } from '../../locale.ts';
import type { Knowledge } from '../ports.ts';
import { distinct, flowsEcho, flowsOf, readFlows, siteOf } from './flows-validator.ts';
import { readSeed } from './seed.ts';
import { flowsAt, isConcrete, roleOf, ruleOf } from './site-binding.ts';

type PrefillHandler = (context: HandlerContext) => Prefill | null;
type OfferHandler = (context: HandlerContext) => Prefill | Offer | null;

/** What a request is about by the way it was opened: a former request, an answer's rules at the chosen site, or typed flows. */
export function seededFlows(knowledge: Knowledge): OfferHandler {
  return (context) => {
    const seed = readSeed(knowledge, context.seed);
    if (seed.flows.length > 0) return filledFlows(seed.flows, [], context);
    const site = siteOf(knowledge, context.values);
    const concrete = seed.rules.filter((rule) => isConcrete(knowledge, rule));
    if (site !== null && concrete.length > 0) {
      const open = seed.rules.filter((rule) => !concrete.includes(rule)).map((rule) => rule.id);
      const notices = open.length === 0 ? [] : [{ key: 'dialog.note.open-rules', params: { rules: open.join(', ') } }];
      const made = distinct(concrete.flatMap((rule) => flowsAt(knowledge, site, rule, seed.asked)));
      if (seed.lines === '') return filledFlows(made, notices, context);
      return withLines([...made.map(flowText), seed.lines].join('\n'), notices, knowledge, context);
    }
    if (seed.lines !== '') return withLines([...concrete.map(({ id }) => id), seed.lines].join('\n'), [], knowledge, context);
    if (concrete.length > 0) return withLines(concrete.map(({ id }) => id).join('\n'), [], knowledge, context);
    return typedFlows(knowledge, seed.text, context);
  };
}

function filledFlows(flows: readonly Flow[], notices: readonly Message[], context: HandlerContext): Prefill {
  return { raw: flows.map(flowText).join('\n'), value: [...flows], echo: flowsEcho(flows, context), notices };
}

/** Lines or a table that came with the request: taken, or asked about with what is wrong with them. */
function withLines(lines: string, notices: readonly Message[], knowledge: Knowledge, context: HandlerContext): Prefill | Offer {
  const verdict = readFlows(lines, knowledge, context);
  if (verdict.kind === 'refused') return { raw: lines, problem: verdict.problem, suggestions: verdict.suggestions };
  return { raw: lines, value: verdict.value, echo: verdict.echo, notices: [...notices, ...verdict.notices] };
}

/** "request 192.0.2.10 -> 198.51.100.20 : 5061/tcp": the flows follow the verb. */
function typedFlows(knowledge: Knowledge, text: string, context: HandlerContext): Prefill | null {
  const asked = text.replace(
    /^\s*(?:please\s+)?(?:request|open|allow|remove|close|delete|申请|請求|请求|开通|放行|打开|删除|关闭)\s*/i,
    '',
  );
  if (asked.trim() === '') return null;
  const verdict = readFlows(asked, knowledge, context);
  return verdict.kind === 'accepted' ? { raw: asked, value: verdict.value, echo: verdict.echo, notices: [] } : null;
}

/** Worded in the requester's language, from the roles where the flows come from the catalogue, else from their addresses. */
export function autoTitle(knowledge: Knowledge): PrefillHandler {
  return (context) => {
    const flows = flowsOf(context.values);
    if (flows.length === 0) return null;
    const { env, dialog } = context;
    const ends = flows.map((flow) => {
      const name = (id: NonNullable<Flow['origin']>['source']) => roleOf(knowledge, id)?.name[env.reader.locale] ?? id;
      if (flow.origin !== null) return `${name(flow.origin.source)} → ${name(flow.origin.destination)}`;
      return `${flow.source.slice(0, 2).map(formatEndpoint).join(', ')} → ${flow.destination.slice(0, 2).map(formatEndpoint).join(', ')}`;
    });
    const [first = '', ...more] = [...new Set(ends)];
    const what = more.length === 0 ? first : env.say({ key: 'dialog.and-more', params: { first, count: more.length } }, env.reader);
    const site = siteOf(knowledge, context.values);
    if (site === null) return said(context, `${dialog}.auto.title`, { what: cut(what, 100) });
    return said(context, `${dialog}.auto.title-at`, { what: cut(what, 100), site: site.name });
  };
}

/** The product and applications of the catalogue rules the flows come from; nothing where a flow comes from none. */
export function autoApplication(knowledge: Knowledge): PrefillHandler {
  return ({ values }) => {
    const rules = rulesBehind(knowledge, flowsOf(values));
    if (rules === null) return null;
    const products = new Set(rules.map(({ topology }) => topology.document.product));
    const applications = new Set(rules.flatMap(({ rule }) => rule.application ?? []));
    const text = applications.size === 0 ? [...products].join(', ') : `${[...products].join(', ')} (${[...applications].join(', ')})`;
    return plain(text);
  };
}

/** What a removal is about, where the catalogue knows it, or that nobody said. */
export function applicationOrNothing(knowledge: Knowledge): PrefillHandler {
  const known = autoApplication(knowledge);
  return (context) => known(context) ?? said(context, 'dialog.not-stated', {});
}

/** Exactly what a document asks for has a known effect; anything else has to be thought about. */
export function autoSecurityImpact(knowledge: Knowledge): PrefillHandler {
  return (context) => {
    const flows = flowsOf(context.values);
    const rules = rulesBehind(knowledge, flows);
    if (rules === null) return null;
    const ids = [...new Set(rules.map(({ rule }) => rule.id))].join(', ');
    return said(context, `${context.dialog}.auto.security-impact`, { services: servicesOf(flows), rules: ids });
  };
}

/** A text that only needs the services of the flows, `<dialog>.auto.<name>`. */
export function autoText(name: string): PrefillHandler {
  return (context) => {
    const flows = flowsOf(context.values);
    return flows.length === 0 ? null : said(context, `${context.dialog}.auto.${name}`, { services: servicesOf(flows) });
  };
}

export function nothing(context: HandlerContext): Prefill {
  return { raw: '', value: null, echo: context.env.say({ key: 'dialog.nothing' }, context.env.reader), notices: [] };
}

/** One of the question's own options. */
export function preset(value: string): PrefillHandler {
  return ({ options }) => {
    const option = options.find((candidate) => candidate.value === value);
    return option === undefined ? null : plain(option.value, option.label);
  };
}

/** Whether the policy wants a compensating control for any of the traffic. */
export function asksForControl(knowledge: Knowledge): (context: HandlerContext) => Json {
  const services = knowledge.policy.risky_services.map(({ service }) => {
    const [transport = '', ports = ''] = service.split('/');
    const [from = 0, to = from] = ports.split('-').map(Number);
    return { transport, from, to };
  });
  return ({ values }) =>
    flowsOf(values).some(({ transport, ports }) =>
      services.some((risky) => risky.transport === transport && ports.some((range) => range.from <= risky.to && risky.from <= range.to)),
    );
}

function rulesBehind(knowledge: Knowledge, flows: readonly Flow[]) {
  const rules = flows.map((flow) => (flow.origin === null ? null : ruleOf(knowledge, flow.origin.rule)));
  const known = rules.filter((rule) => rule !== null);
  return flows.length > 0 && known.length === flows.length ? known : null;
}

function servicesOf(flows: readonly Flow[]): string {
  return [...new Set(flows.map(portsText))].join(', ');
}

function said({ env }: HandlerContext, key: string, params: Readonly<Record<string, MessageParam>>): Prefill {
  return plain(env.say({ key, params }, env.reader));
}

function plain(raw: string, echo = raw): Prefill {
  return { raw, value: raw, echo, notices: [] };
}
