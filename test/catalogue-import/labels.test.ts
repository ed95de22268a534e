import { describe, expect, test } from 'vitest';
import { readLabel } from '../../src/catalogue-import/label.ts';
import { readPorts } from '../../src/catalogue-import/port-text.ts';
import { formatPorts } from '../../src/domain/service.ts';

function said(text: string): string | null {
  const label = readLabel(text);
  if (label === null) return null;
  const { application, security, transports, ports, words } = label;
  return [application ?? '-', security ?? '-', transports.join('+') || '-', formatPorts(ports) || '-', ...words].join(' ');
}

describe('a label says application, security, transport and ports', () => {
  test.each([
    ['HTTP/TCP 8080', 'HTTP - tcp 8080'],
    ['HTTPS/TCP 4443', 'HTTPS - tcp 4443'],
    ['SIP/MTLS/TCP 5061', 'SIP MTLS tcp 5061'],
    ['MTLS/TCP/50001', '- MTLS tcp 50001'],
    ['STUN/MSTURN/UDP/3478', 'STUN/MSTURN - udp 3478'],
    ['A/V/STUN,MSTURN/UDP/3478', 'STUN/MSTURN - udp 3478 A/V'],
    ['RTP/TCP/50000-59999', 'RTP - tcp 50000-59999'],
    ['A/V/RTP/TCP/50,000–59,999', 'RTP - tcp 50000-59999 A/V'],
    ['PSOM/MTLS/TCP/8057', 'PSOM MTLS tcp 8057'],
    ['Web Conferencing/PSOM(TLS)/TCP/443', 'PSOM TLS tcp 443 Web Conferencing'],
    ['XMPP/MTLS/23456', 'XMPP MTLS - 23456'],
    ['ＨＴＴＰＳ／ＴＣＰ　４４３', 'HTTPS - tcp 443'],
    ['443/tcp', '- - tcp 443'],
    ['TCP:443 (HTTPS)', 'HTTPS - tcp 443'],
    ['HTTPS (443)', 'HTTPS - - 443'],
    ['DNS/TCP/UDP/53', 'DNS - tcp+udp 53'],
    ['SIP over TLS, TCP 5061 和 5071', 'SIP TLS tcp 5061, 5071'],
    ['UDP 3478 至 3481', '- - udp 3478-3481'],
    ['Fax/TCP/7000', 'Fax - tcp 7000'],
    ['ICMP', '- - icmp -'],
  ])('%s', (text, expected) => expect(said(text)).toBe(expected));

  test.each([
    '',
    'HTTPS',
    'TCP',
    'TCP/100000',
    'TCP 1,433',
    'TCP 60000-50000',
    'version 2013.5',
    'x'.repeat(100_000),
    '1, '.repeat(100_000),
  ])('is not understood where it does not say which ports: %.20s', (text) => expect(said(text)).toBeNull());
});

test.each([
  ['50,000-59,999', '50000-59999'],
  ['80,443', '80, 443'],
  ['８０、４４３', '80, 443'],
  ['5060/5061', '5060, 5061'],
  ['1,024-65,535', '1024-65535'],
  ['任意', '1-65535'],
])('ports are read as they are printed: %s', (text, expected) => {
  const ports = readPorts(text);
  expect(Array.isArray(ports) ? formatPorts(ports) : ports).toBe(expected);
});

test('a comma that may part thousands or two ports is not decided', () => {
  expect(readPorts('1,433')).toBe('ambiguous');
});
