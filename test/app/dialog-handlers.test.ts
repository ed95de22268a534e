import { describe, expect, test } from 'vitest';
import { dialogHandlers, knownNames } from '../../src/app/dialog-handlers.ts';
import { flowsValidator } from '../../src/app/handlers/flows-validator.ts';
import { requestContent } from '../../src/app/request-content.ts';
import { personIdSchema } from '../../src/domain/actor.ts';
import { contextFor, dialogEnv } from '../support/dialog-env.ts';
import { DialogTalk } from '../support/dialog-talk.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const knowledge = loadTestKnowledge();
const flows = flowsValidator(knowledge);

/** The lines as they are said back, or the key of what is wrong. */
function read(text: string, site = 'site-a'): string {
  const verdict = flows.read(text, contextFor(dialogEnv(), { site }));
  return verdict.kind === 'accepted' ? verdict.echo : verdict.problem.key;
}

describe('flows as people write them', () => {
  const plain = '192.0.2.10 -> 198.51.100.20 : 5061/tcp';
  test.each([
    '192.0.2.10 -> 198.51.100.20 : 5061/tcp',
    '192.0.2.10->198.51.100.20:5061/tcp',
    '192.0.2.10 → 198.51.100.20 tcp 5061',
    '192.0.2.10 => 198.51.100.20, 5061/tcp',
    'from 192.0.2.10 to 198.51.100.20 on port 5061/tcp',
    '192.0.2.10 to 198.51.100.20 port 5061 tcp',
    '从192.0.2.10到198.51.100.20 端口 5061/tcp',
    '１９２.0.2.10 －> 198.51.100.20：5061／tcp',
    '5061/tcp from 192.0.2.10 to 198.51.100.20',
    '从 192.0.2.10 到 198.51.100.20 开通 5061/tcp',
    '从192.0.2.10到198.51.100.20的5061/tcp',
    '192.0.2.10, 198.51.100.20, 5061/tcp',
    '192.0.2.10\t198.51.100.20\ttcp/5061',
    '- 192.0.2.10/32 -> 198.51.100.20 : TCP 5061',
    '192.0.2.10 -> 198.51.100.20 : 5061/tcp; 192.0.2.10 -> 198.51.100.20 : tcp/5061',
  ])('%s', (text) => {
    expect(read(text, 'other')).toBe(plain);
  });

  test.each([
    ['2001:db8::1 -> 2001:db8::2 443/tcp', '2001:db8::1 -> 2001:db8::2 : 443/tcp'],
    ['2001:db8::1 -> 2001:db8::/64 : 80, 443/tcp', '2001:db8::1 -> 2001:db8::/64 : 80, 443/tcp'],
    ['any -> 198.51.100.20 : icmp', 'any -> 198.51.100.20 : icmp'],
    ['任意 到 sip.example.com 5061/tcp', 'any -> sip.example.com : 5061/tcp'],
    [
      '10.0.0.1-10.0.0.9, 10.0.1.0/24 -> 198.51.100.20 : 50000-59999/udp',
      '10.0.0.1-10.0.0.9, 10.0.1.0/24 -> 198.51.100.20 : 50000-59999/udp',
    ],
    ['Edge to Director 5061/tcp', '192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 5061/tcp'],
    ['边缘服务器到控制器 5061/tcp', '192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 5061/tcp'],
    ['DIR-6', '192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 5061/tcp'],
    ['dir-1, DIR-2', '192.0.2.20 -> 198.51.100.19 : 8080/tcp\n192.0.2.20 -> 198.51.100.19 : 4443/tcp'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['hello', 'field-error.flow-shape'],
    ['192.0.2.10 -> 198.51.100.20', 'field-error.flow-shape'],
    ['2001:db8::1 -> 2001:db8::2:443/tcp', 'field-error.flow-shape'],
    ['which ports from edge to director?', 'field-error.flow-shape'],
    ['192.0.2.10 -> 198.51.100.20 : 0/tcp', 'field-error.port'],
    ['192.0.2.10 -> 198.51.100.20 : 70000/tcp', 'field-error.port'],
    ['192.0.2.10 -> 198.51.100.20 : 5061', 'field-error.transport'],
    ['192.0.2.10 -> 198.51.100.20 : 20-10/tcp', 'field-error.port-range'],
    ['10.1.2.7/24 -> 198.51.100.20 : 5061/tcp', 'field-error.host-bits'],
    ['192.0.2.300 -> 198.51.100.20 : 5061/tcp', 'field-error.address'],
    ['192.0.2.10 -> 2001:db8::1 : 5061/tcp', 'field-error.families'],
    ['192.0.2.10, 2001:db8::9 -> 2001:db8::1, 198.51.100.20 : 5061/tcp', 'field-error.families'],
    ['::ffff:192.0.2.10 -> 198.51.100.20 : 5061/tcp', 'field-error.mapped-address'],
    ['集中日志记录服务控制器 -> 198.51.100.20 : 5061/tcp', 'field-error.address'],
    ['Exchange UM -> 198.51.100.20 : 5061/tcp', 'field-error.role-unbound'],
    ['DIR-99', 'field-error.flow-shape'],
    ['DIR-6, DIR-99', 'field-error.unknown-rule'],
    ['DIR-7', 'field-error.rule-open'],
  ])('%s is refused: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('roles and rules need a site', () => {
    expect(read('Edge -> Director : 5061/tcp', 'other')).toBe('field-error.role-without-site');
    expect(read('DIR-6', 'other')).toBe('field-error.rule-without-site');
  });

  test('every bad line is named', () => {
    const verdict = flows.read(
      '192.0.2.10 -> 198.51.100.20 : 0/tcp\nEdge -> Director : 5061/tcp\nhello',
      contextFor(dialogEnv(), { site: 'site-a' }),
    );
    const said = JSON.stringify(verdict);
    expect(said).toContain('Line 1 (192.0.2.10');
    expect(said).toContain('Line 3 (hello)');
    expect(said).not.toContain('Line 2');
  });

  test('a flow that is just what a rule says at the site is known as that rule', () => {
    const verdict = flows.read(
      '192.0.2.11, 192.0.2.10 -> 198.51.100.20, 198.51.100.21 : 5061/tcp',
      contextFor(dialogEnv(), { site: 'site-a' }),
    );
    expect(verdict).toMatchObject({ value: [{ origin: { rule: 'DIR-6', source: 'edge-internal', destination: 'director' } }] });
  });

  test('a role with addresses of both families makes a flow for each that reaches the other end', () => {
    expect(read('DIR-5')).toBe('203.0.113.0/25 -> 198.51.100.19 : 443/tcp');
  });
});

describe('what fills itself in', () => {
  test('rules that hold for any source take no address, and that is said', () => {
    const talk = new DialogTalk('request-rule', { rules: ['DIR-6', 'DIR-7'], from: ['edge-internal'], to: ['director'] }).say('a');
    expect(talk.echo('flows')).not.toContain('50001');
    expect(talk.notices).toEqual(['dialog.note.open-rules']);
    expect(new DialogTalk('request-rule', { rules: ['DIR-7'] }).say('a').at).toBe('flows');
  });

  test('flows typed with the request are taken over', () => {
    const talk = new DialogTalk('request-rule', { text: 'open 192.0.2.10 -> 198.51.100.20 : 5061/tcp' }).say('other');
    expect(talk.echo('flows')).toBe('192.0.2.10 -> 198.51.100.20 : 5061/tcp');
    expect(talk.at).toBe('business_need');
  });

  test('the site the question was about is not asked again', () => {
    expect(new DialogTalk('request-rule', { rules: ['DIR-6'], site: 'site-a' }).at).toBe('business_need');
    expect(new DialogTalk('request-rule', { rules: ['DIR-6'], site: 'nowhere' }).at).toBe('site');
  });

  test('a former request is removed with its own flows', () => {
    const former = requestContent('request-rule', finished(['DIR-6']), personIdSchema.parse('engineer'));
    const talk = new DialogTalk('remove-rule', { flows: JSON.parse(JSON.stringify(former.flows)), site: 'site-a' });
    expect(talk.say('pool retired', 'me', 'any window', 'put it back').at).toBe('review');
    expect(talk.echo('title')).toBe('Close Edge (internal interface) → Director at Site A');
    const done = talk.press('Submit').turn;
    expect(done.kind === 'complete' && requestContent('remove-rule', done.values, former.requester)).toMatchObject({
      kind: 'remove',
      flows: former.flows,
      expiry: { kind: 'permanent' },
      compensating_control: null,
    });
  });
});

function finished(rules: readonly string[]) {
  const talk = new DialogTalk('request-rule', { rules: [...rules] })
    .say('a', 'new pool', 'me', 'any window', 'permanent', 'remove it')
    .press('Submit');
  if (talk.turn.kind !== 'complete') throw new Error(`the dialog is ${talk.at}`);
  return talk.turn.values;
}

describe('people, tickets and sites', () => {
  const review = () =>
    new DialogTalk('request-rule', { rules: ['DIR-6'] }).say('a', 'new pool', 'me', 'any window', 'permanent', 'remove it');

  test('someone is named by id, e-mail, name or a name nobody else bears, and is not the requester', () => {
    for (const text of ['security', 'SECURITY@example.com', 'Sanna Lindqvist']) {
      expect(review().say('change on behalf of', text).state.answers['on_behalf_of']?.value).toBe('security');
    }
    expect(review().say('change on behalf of', 'engineer').problem).toBe('field-error.person-self');
    expect(review().say('change on behalf of', 'nobody').problem).toBe('field-error.person');
    expect(review().say('change on behalf of', 'sanna').echo('on_behalf_of')).toBe('Sanna Lindqvist');
    expect(review().say('change on behalf of', 'erin').problem).toBe('field-error.person-self');
    expect(review().say('change on behalf of', 'lindq').press('Sanna Lindqvist (security@example.com)').echo('on_behalf_of')).toBe(
      'Sanna Lindqvist',
    );
  });

  test('a ticket has a number or an address', () => {
    expect(review().say('change ticket', 'https://tickets.example.com/CHG-42').at).toBe('review');
    expect(review().say('change ticket', 'the one from last week').problem).toBe('field-error.ticket');
  });

  test('a site is known by its name in either language and by its aliases', () => {
    for (const text of ['Site A', '站点A', 'A站', '1']) {
      expect(new DialogTalk('request-rule', { rules: ['DIR-6'] }).say(text).echo('site')).toBe('Site A');
    }
    expect(new DialogTalk('request-rule').say('Site Z').problem).toBe('field-error.choice');
  });
});

test('the names that definitions are checked against are those that are there', () => {
  const handlers = dialogHandlers(knowledge);
  expect([...handlers.validators.keys()]).toEqual(knownNames.validators);
  expect([...handlers.options.keys()]).toEqual(knownNames.options);
  expect([...handlers.prefills.keys()]).toEqual(knownNames.prefills);
  expect([...handlers.facts.keys()]).toEqual(knownNames.facts);
});

describe('hostile lengths', () => {
  test.each(['一'.repeat(9_900), '1,'.repeat(4_900), 'a -> '.repeat(1_900), ' friday'.repeat(1_400)])(
    'are refused without ado: %#',
    (text) => {
      const context = contextFor(dialogEnv(), { site: 'site-a' });
      const begun = performance.now();
      for (const name of ['flows', 'window', 'expiry'] as const) {
        expect(dialogHandlers(knowledge).validators.get(name)?.read(text, context).kind).toBe('refused');
      }
      expect(performance.now() - begun).toBeLessThan(1_000);
    },
  );
});
