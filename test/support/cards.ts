import type { Card } from '../../src/chat/card.ts';

/** Cards of every shape the program says, for the goldens of each renderer. */
export const cards: Readonly<Record<'answer' | 'answer-zh' | 'request' | 'question' | 'error', Card>> = {
  answer: {
    locale: 'en',
    title: 'Edge (internal interface) → Director',
    elements: [
      { kind: 'text', spans: [{ subtle: 'Director pool, DNS + HLB' }] },
      {
        kind: 'table',
        columns: ['port', 'what for', 'rule'],
        rows: [['TCP 5061', 'SIP over MTLS, to the Director itself (not its VIP)', 'DIR-6']],
      },
      { kind: 'text', spans: ['From any source: TCP ', { code: '50001-50003' }, ', central logging (DIR-7, DIR-8, DIR-9).'] },
    ],
    actions: [
      { kind: 'button', label: 'Request these ports', action: 'request.new', data: { rules: ['DIR-6'] }, style: 'primary' },
      { kind: 'button', label: 'Other direction', action: 'say', data: { text: 'Director to Edge' }, style: 'default' },
      { kind: 'copy', label: 'Copy as text', text: 'TCP 5061\tDIR-6' },
    ],
    summary: 'Edge to Director: TCP 5061',
  },
  'answer-zh': {
    locale: 'zh-CN',
    title: '边缘服务器(内部接口)→ 控制器',
    elements: [
      {
        kind: 'table',
        columns: ['端口', '用途', '规则'],
        rows: [
          ['TCP 5061', '边缘服务器到控制器本身的 SIP(MTLS)', 'DIR-6'],
          ['TCP 50001-50003', '集中日志记录', 'DIR-7、DIR-8、DIR-9'],
        ],
      },
    ],
    actions: [{ kind: 'button', label: '申请这些端口', action: 'request.new', data: {}, style: 'primary' }],
    summary: '边缘服务器到控制器:TCP 5061',
  },
  request: {
    locale: 'en',
    title: 'FCR-12 · Open Edge → Director at Site A',
    elements: [
      { kind: 'text', spans: [{ strong: 'waiting for Network approvers (0 of 1)' }] },
      {
        kind: 'facts',
        facts: [
          { label: 'When', value: 'Fri 27 Nov 22:00-23:00 Europe/Berlin' },
          { label: 'Backout', value: 'remove the rule;\nthe trunk falls back to pool B' },
        ],
      },
      { kind: 'notice', tone: 'warning', spans: ['FCR-9 overlaps in part'] },
    ],
    actions: [
      { kind: 'button', label: 'Approve', action: 'request.approve', data: { request: 'FCR-12', version: 1 }, style: 'primary' },
      { kind: 'button', label: 'Reject', action: 'request.reject', data: { request: 'FCR-12', version: 1 }, style: 'danger' },
    ],
    summary: 'FCR-12 waits for Network approvers',
  },
  question: {
    locale: 'en',
    title: null,
    elements: [{ kind: 'text', spans: [{ strong: '2 of 6 · Why is it needed?' }, ' One or two sentences.'] }],
    actions: [],
    summary: '2 of 6: Why is it needed?',
  },
  error: {
    locale: 'en',
    title: null,
    elements: [{ kind: 'notice', tone: 'error', spans: ['That prefix has host bits set: ', { code: '10.1.2.7/24' }, '.'] }],
    actions: [{ kind: 'button', label: '10.1.2.0/24', action: 'dialog.answer', data: { text: '10.1.2.0/24' }, style: 'default' }],
    summary: 'That prefix has host bits set.',
  },
};
