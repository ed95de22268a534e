import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KnownNames } from '../../src/dialog/handlers.ts';

export const sampleNames: KnownNames = {
  validators: ['sentence'],
  options: [],
  prefills: [],
  facts: [],
  effects: ['submit'],
  dialogs: ['ask'],
};

/** A small, sound set of everything the program reads, by path. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'data/roles.yaml': `roles:
  - id: edge
    kind: server
    name: { en: Edge, zh-CN: 边缘 }
    aliases: { en: [edge server], zh-CN: [边缘服务器] }
    contains: [edge-internal]
  - id: edge-internal
    kind: interface
    name: { en: Edge internal, zh-CN: 边缘内部接口 }
    aliases: { en: [], zh-CN: [] }
  - id: director
    kind: pool
    name: { en: Director, zh-CN: 控制器 }
    aliases: { en: [dir], zh-CN: [] }
not_roles:
  - phrases: [domain controller]
    meaning: { en: a domain controller, zh-CN: 域控制器 }
topics:
  - id: SIP
    name: { en: SIP, zh-CN: SIP 信令 }
    aliases: { en: [], zh-CN: [] }
`,
  'data/catalogue/one.yaml': `id: one
name: { en: One, zh-CN: 一 }
document:
  title: { en: Ports, zh-CN: 端口 }
  product: Lync Server 2013
  revised: 2015-03-09
  url: https://example.com/ports
rules:
  - id: DIR-1
    source: [edge-internal]
    destination: [director]
    transport: tcp
    ports: 5061
    application: SIP
    security: MTLS
    topics: [SIP]
    purpose: { en: SIP from outside, zh-CN: 外部 SIP }
    place: { en: table row 1, zh-CN: 表格第 1 行 }
`,
  'data/sites/a.yaml': `id: site-a
name: { en: Site A, zh-CN: 站点 A }
topology: one
bindings:
  edge-internal: [192.0.2.10, '2001:db8::/64']
  director: [198.51.100.0/28, sip.example.com, 192.0.2.1-192.0.2.9]
`,
  'data/people.yaml': `people:
  - { id: ann, name: Ann, email: ann@example.com, locale: en, zone: Europe/Berlin, powers: [request], identities: { slack: U1 } }
  - { id: bo, name: Bo, email: bo@example.com, locale: zh-CN, zone: Asia/Shanghai, identities: { slack: U2 } }
groups:
  - { id: approvers, name: { en: Approvers, zh-CN: 审批组 }, members: [bo] }
`,
  'data/approval-policy.yaml': `stages:
  - { id: first, name: { en: First, zh-CN: 第一级 }, group: approvers, quorum: 1 }
windows:
  - { id: nights, name: { en: nights, zh-CN: 夜间 }, zone: Europe/Berlin, days: [1, 2], from: '21:00', until: '05:00' }
bounds: { ipv4_prefix: 24, ipv6_prefix: 64, ports: 16 }
risky_services:
  - { service: tcp/23, reason: { en: clear text, zh-CN: 明文 } }
`,
  'dialogs/ask.yaml': `id: ask
pages:
  - id: main
    steps:
      - field: need
        input: text
        validate: sentence
complete: submit
`,
  'dialogs/locales/en.yaml': `ask.title: "Ask"
ask.page.main: "Main"
ask.need.label: "Need"
ask.need.why: "So that {reader} understands"
ask.need.example: "a new pool"
command.back: "back | go back"
`,
  'dialogs/locales/zh-CN.yaml': `ask.title: "提问"
ask.page.main: "正文"
ask.need.label: "需求"
ask.need.why: "让{reader}看得懂"
ask.need.example: "新池上线"
command.back: "返回 | 上一步"
`,
};

/** Writes files into a folder of their own, and says where data and dialogs then are. */
export function writeFiles(files: Readonly<Record<string, string>>): { readonly data: string; readonly dialogs: string } {
  const root = mkdtempSync(join(tmpdir(), 'portclerk-files-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { data: join(root, 'data'), dialogs: join(root, 'dialogs') };
}
