import { dirname, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LoadResult, loadKnowledge } from '../../../src/adapters/files/load.ts';
import type { Knowledge } from '../../../src/app/ports.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';
import { sampleFiles, sampleNames, writeFiles } from '../../support/sample-files.ts';

type Files = Readonly<Record<string, string>>;

function load(files: Files): LoadResult {
  return loadKnowledge(writeFiles(files), sampleNames);
}

function knowledgeOf(files: Files): Knowledge {
  const result = load(files);
  if (!result.ok) throw new Error(result.problems.map((problem) => `${problem.line}: ${problem.what}`).join('\n'));
  return result.knowledge;
}

/** What is wrong, as file:line:column and text, the files named as in the sample. */
function complaints(files: Files): readonly string[] {
  const dirs = writeFiles(files);
  const result = loadKnowledge(dirs, sampleNames);
  if (result.ok) return [];
  return result.problems.map(({ file, line, column, what }) => `${relative(dirname(dirs.data), file)}:${line}:${column}: ${what}`);
}

/** The sample with one passage replaced by another. */
function edited(path: string, passage: string, replacement: string): Files {
  const text = sampleFiles[path];
  if (text?.includes(passage) !== true) throw new Error(`${path} has no ${passage}`);
  return { ...sampleFiles, [path]: text.replace(passage, replacement) };
}

/** Where a passage stands, as file:line:column. */
function place(files: Files, path: string, passage: string): string {
  const before = (files[path] ?? '').split(passage)[0] ?? '';
  const lines = before.split('\n');
  return `${path}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

describe('sound files', () => {
  test('are read whole, addresses and all', () => {
    const knowledge = knowledgeOf(sampleFiles);
    expect(knowledge.sites[0]?.bindings).toEqual({
      'edge-internal': [
        { kind: 'address', value: '192.0.2.10' },
        { kind: 'prefix', value: '2001:db8::/64' },
      ],
      director: [
        { kind: 'prefix', value: '198.51.100.0/28' },
        { kind: 'name', value: 'sip.example.com' },
        { kind: 'range', from: '192.0.2.1', to: '192.0.2.9' },
      ],
    });
    expect(knowledge.words.get('command.back')).toEqual(['back', 'go back', '返回', '上一步']);
    expect(knowledge.say({ key: 'ask.need.why', params: { reader: 'Bo' } }, { locale: 'zh-CN', zone: 'UTC' })).toBe('让Bo看得懂');
  });

  test('have versions that follow what they say, not how it is written', () => {
    const before = knowledgeOf(sampleFiles).versions;
    const commented = knowledgeOf(edited('data/people.yaml', 'people:', '# ours\npeople:')).versions;
    const renamed = knowledgeOf(edited('data/people.yaml', 'name: Ann', 'name: Anne')).versions;
    expect(before.people).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(commented).toEqual(before);
    expect(renamed.people).not.toBe(before.people);
    expect({ ...renamed, people: before.people }).toEqual(before);
  });

  test("are what the repository's own are", () => {
    expect(loadTestKnowledge().people.map((person) => person.id)).toEqual([
      'engineer',
      'approver',
      'security',
      'implementer',
      'auditor',
      'admin',
    ]);
  });
});

/** file, the passage that is replaced, what it is replaced with, the passage pointed at, what is said. */
const wrong: readonly (readonly [string, string, string, string, string, RegExp])[] = [
  ['port 0', 'data/catalogue/one.yaml', 'ports: 5061', 'ports: 0', '0\n    application', /"0" is not a port/],
  ['port 70000', 'data/catalogue/one.yaml', 'ports: 5061', 'ports: 443, 70000', '443, 70000', /"70000" is not a port/],
  ['ports the wrong way round', 'data/catalogue/one.yaml', 'ports: 5061', 'ports: 5061-80', '5061-80', /backwards/],
  [
    'a missing Chinese text',
    'data/catalogue/one.yaml',
    '{ en: SIP from outside, zh-CN: 外部 SIP }',
    '{ en: SIP from outside }',
    '{ en: SIP from outside }',
    /zh-CN is missing/,
  ],
  ['a misspelt key', 'data/catalogue/one.yaml', 'security:', 'secrity:', 'secrity:', /secrity is not known here/],
  [
    'a repeated key',
    'data/catalogue/one.yaml',
    '    security: MTLS',
    '    application: SIP\n    security: MTLS',
    'application: SIP\n    security',
    /unique/,
  ],
  ['a tab', 'data/catalogue/one.yaml', '    transport:', '\ttransport:', '\ttransport', /[Tt]ab/],
  [
    'an unknown role in a rule',
    'data/catalogue/one.yaml',
    'destination: [director]',
    'destination: [directr]',
    'directr]',
    /directr is not a role/,
  ],
  ['an unknown topic', 'data/catalogue/one.yaml', 'topics: [SIP]', 'topics: [CLS]', 'CLS]', /CLS is not a topic/],
  [
    'an unknown role that a source may be',
    'data/catalogue/one.yaml',
    'transport: tcp',
    'source_may_be: [edg]\n    transport: tcp',
    'edg]',
    /edg is not a role/,
  ],
  ['a rule without source that does not say so', 'data/catalogue/one.yaml', '[edge-internal]', '[]', 'id: DIR-1', /has the gap source/],
  [
    'a gap that is none',
    'data/catalogue/one.yaml',
    'transport: tcp',
    'transport: tcp\n    gaps: [ports]',
    'id: DIR-1',
    /has the gap ports/,
  ],
  ['a missing transport', 'data/catalogue/one.yaml', 'transport: tcp', 'transport: null', 'id: DIR-1', /has the gap transport/],
  [
    'a role beside source and destination',
    'data/catalogue/one.yaml',
    'transport: tcp',
    'transport: tcp\n    role: director\n    gaps: [direction]',
    'id: DIR-1',
    /either a role, or source and destination/,
  ],
  [
    'a document nobody described',
    'data/catalogue/one.yaml',
    'transport: tcp',
    'document: annex\n    transport: tcp',
    'annex\n',
    /annex is not one of the further documents/,
  ],
  [
    'an unknown included topology',
    'data/catalogue/one.yaml',
    'rules:',
    'includes:\n  - topology: two\nrules:',
    'two\n',
    /two is not a topology/,
  ],
  [
    'a topology that includes itself',
    'data/catalogue/one.yaml',
    'rules:',
    'includes:\n  - topology: one\nrules:',
    'one\nrules',
    /one includes one in turn/,
  ],
  ['an unknown part', 'data/roles.yaml', '[edge-internal]', '[edge-inside]', 'edge-inside]', /edge-inside is not a role/],
  [
    'a role that contains itself',
    'data/roles.yaml',
    'zh-CN: [] }\n  - id: director',
    'zh-CN: [] }\n    contains: [edge]\n  - id: director',
    '[edge-internal]',
    /edge contains itself/,
  ],
  ['an alias of two roles', 'data/roles.yaml', 'en: [dir]', 'en: [Edge  Server]', 'Edge  Server', /"Edge {2}Server" already means edge/],
  ['an alias that is not a role', 'data/roles.yaml', 'domain controller', 'dir', 'dir]\n    meaning', /"dir" already means director/],
  [
    'a prefix with host bits',
    'data/sites/a.yaml',
    '198.51.100.0/28',
    '198.51.100.7/28',
    '198.51.100.7/28',
    /host bits set: the network is 198\.51\.100\.0\/28/,
  ],
  ['a bad address', 'data/sites/a.yaml', '192.0.2.10', '192.0.2.300', '192.0.2.300', /192\.0\.2\.300" is no address/],
  ['an unknown role at a site', 'data/sites/a.yaml', 'director:', 'directr:', 'directr:', /directr is not a role/],
  ['an unknown topology', 'data/sites/a.yaml', 'topology: one', 'topology: two', 'two\n', /two is not a topology/],
  [
    'an e-mail of two people',
    'data/people.yaml',
    'bo@example.com',
    'Ann@example.com',
    'Ann@example.com',
    /already belongs to somebody else, at .*people\.yaml:2/,
  ],
  ['an id of two people', 'data/people.yaml', 'id: bo', 'id: ann', 'ann, name: Bo', /the id ann already belongs/],
  ['an identity of two people', 'data/people.yaml', 'slack: U2', 'slack: U1', 'U1 } }\ngroups', /slack U1 already belongs/],
  [
    'an identity on an unknown platform',
    'data/people.yaml',
    'slack: U2',
    'slak: U2',
    'slak',
    /slak is not a platform here: use slack or teams/,
  ],
  ['an identity that Slack does not give', 'data/people.yaml', 'slack: U2', 'slack: bo', 'bo } }', /bo is not the id of an account/],
  ['a group of no kind', 'data/people.yaml', ', members: [bo]', '', '{ id: approvers', /approvers needs members or a slack_user_group/],
  [
    'a group of both kinds',
    'data/people.yaml',
    'members: [bo]',
    'members: [bo], slack_user_group: S0123',
    'slack_user_group',
    /approvers has members of its own already/,
  ],
  ['a user group that Slack does not give', 'data/people.yaml', 'members: [bo]', 'slack_user_group: it', 'it }', /slack_user_group/],
  ['an unknown time zone', 'data/people.yaml', 'Asia/Shanghai', 'Asia/Beijng', 'Asia/Beijng', /Asia\/Beijng is not a time zone/],
  [
    'an unknown topology of a person',
    'data/people.yaml',
    'zone: Asia/Shanghai',
    'zone: Asia/Shanghai, topology: nowhere',
    'nowhere',
    /nowhere is not a topology of the catalogue/,
  ],
  ['a stranger in a group', 'data/people.yaml', 'members: [bo]', 'members: [cy]', 'cy]', /cy is not one of the people/],
  ['an unknown group', 'data/approval-policy.yaml', 'group: approvers', 'group: approver', 'approver, quorum', /approver is not a group/],
  ['a quorum nobody can reach', 'data/approval-policy.yaml', 'quorum: 1', 'quorum: 2', '2 }', /2 must approve, but approvers has 1/],
  ['an unknown window zone', 'data/approval-policy.yaml', 'Europe/Berlin', 'CEST', 'CEST', /CEST is not a time zone/],
  ['a risky port out of range', 'data/approval-policy.yaml', 'tcp/23', 'tcp/70000', 'tcp/70000', /between 1 and 65535/],
  ['an unknown validator', 'dialogs/ask.yaml', 'validate: sentence', 'validate: sentense', 'sentense', /unknown validator "sentense"/],
  ['an unknown effect', 'dialogs/ask.yaml', 'complete: submit', 'complete: send', 'send', /unknown effect "send"/],
  [
    'a text in English alone',
    'dialogs/locales/zh-CN.yaml',
    'command.back: "返回 | 上一步"\n',
    '',
    '',
    /command\.back has no text in zh-CN/,
  ],
  ['a differing placeholder', 'dialogs/locales/zh-CN.yaml', '{reader}', '{who}', 'ask.need.why', /placeholders \{who\}/],
  ['an empty file', 'data/sites/a.yaml', sampleFiles['data/sites/a.yaml'] ?? '', '# nothing\n', '', /the file is empty/],
];

describe('what is wrong is named at its place', () => {
  test.each(wrong)('%s', (_, path, passage, replacement, pointed, what) => {
    const files = edited(path, passage, replacement);
    const expected =
      _ === 'a text in English alone'
        ? place(files, 'dialogs/locales/en.yaml', 'command.back')
        : pointed === ''
          ? `${path}:1:1`
          : place(files, path, pointed);
    const found = complaints(files);
    expect(
      found.filter((line) => line.startsWith(`${expected}: `) && what.test(line)),
      found.join('\n'),
    ).toHaveLength(1);
  });

  test('a rule id used again in another file points at the second and names the first', () => {
    const second = (sampleFiles['data/catalogue/one.yaml'] ?? '').replace('id: one', 'id: two');
    const found = complaints({ ...sampleFiles, 'data/catalogue/two.yaml': second });
    expect(found).toEqual([expect.stringMatching(/^data\/catalogue\/two\.yaml:9:9: the rule DIR-1 is already defined at .*one\.yaml:9$/)]);
  });

  test('a rule that an included topology has not', () => {
    const one = sampleFiles['data/catalogue/one.yaml'] ?? '';
    const two = one
      .replace('id: one', 'id: two')
      .replace('DIR-1', 'TWO-1')
      .replace('rules:', 'includes:\n  - { topology: one, rules: [DIR-2] }\nrules:');
    const found = complaints({ ...sampleFiles, 'data/catalogue/deep/two.yaml': two });
    expect(found).toEqual([expect.stringMatching(/^data\/catalogue\/deep\/two\.yaml:9:30: one has no rule DIR-2$/)]);
  });

  test('everything wrong is reported at once, across files', () => {
    const files = { ...edited('data/people.yaml', 'bo@example.com', 'bo'), 'data/sites/a.yaml': 'id: A\n' };
    expect(complaints(files).map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['data/people.yaml', 'data/sites/a.yaml']));
  });

  test('missing files and folders', () => {
    const { 'data/people.yaml': _people, 'data/sites/a.yaml': _site, ...rest } = sampleFiles;
    expect(complaints(rest)).toEqual(['data/people.yaml:1:1: the file is missing', 'data/sites:1:1: the folder is missing']);
  });

  test('a dialog that the program opens by name and nobody defines', () => {
    expect(complaints(edited('dialogs/ask.yaml', 'id: ask', 'id: askk'))).toContain('dialogs:1:1: the dialog ask is missing');
  });

  test('a file of aliases that would grow without end, or is nested without end, is refused and nothing breaks', () => {
    const bomb = ['a: &a [x]', ...[...'bcdefghi'].map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]}, `.repeat(9)}]`)].join('\n');
    expect(complaints({ ...sampleFiles, 'data/people.yaml': bomb })).toEqual([expect.stringContaining('data/people.yaml:1:1: ')]);
    const nested = complaints({ ...sampleFiles, 'data/people.yaml': '['.repeat(100_000) });
    expect(nested.length).toBeLessThan(50);
    expect(nested[0]).toMatch(/^data\/people\.yaml:1:/);
  });
});
