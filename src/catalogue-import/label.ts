import type { PortRange } from '../domain/service.ts';
import { plainMarks, portsPattern, readPorts } from './port-text.ts';

/** What a label says: "SIP/MTLS/TCP 5061", "A/V/STUN,MSTURN/UDP/3478". Null and empty where it does not say. */
export type Label = {
  readonly application: string | null;
  readonly security: string | null;
  /** Two where the label names both: it then stands for two rules. */
  readonly transports: readonly ('tcp' | 'udp' | 'icmp' | 'icmpv6')[];
  readonly ports: readonly PortRange[];
  /** Words that are none of these: the name of a service, as Access in "Access/SIP(TLS)/TCP/443". */
  readonly words: readonly string[];
  /** Whether the application is a protocol known here, not just a name that stands in its place. */
  readonly known: boolean;
};

const securities = new Set(['TLS', 'MTLS', 'SSL', 'DTLS', 'IPSEC']);
const applications = new Set(
  (
    'AMQP BGP CIFS DCOM DHCP DIAMETER DNS FTP FTPS GRE H.323 HTTP HTTPS ICE IKE IMAP IMAPS IPP KERBEROS LDAP LDAPS MGCP MQTT MRAS MSTURN NETBIOS NFS NTP POP3 ' +
    'POP3S PSOM RADIUS RDP RPC RTCP RTMP RTP SCTP SFTP SIP SIPS SMB SMTP SMTPS SNMP SOAP SQL SRTCP SRTP SSH STUN SYSLOG T.120 TACACS TDS TELNET TFTP TURN WINRM WS WSS XMPP'
  ).split(' '),
);

const longest = 200;
/** Stands in for A/V, whose slash parts nothing. */
const audioVideo = 'A\u2215V';
const trailingPorts = new RegExp(String.raw`(?:^|[\s/:(])(${portsPattern})\s*\)?$`);
const leadingPorts = new RegExp(String.raw`^(${portsPattern})\s*[/:(]?\s*(?=(?:tcp|udp)\b)`, 'i');

/** Reads a label by the names of protocols it knows. Null where it cannot say which ports are meant. */
export function readLabel(text: string): Label | null {
  if (text.length > longest) return null;
  const plain = plainMarks(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^([^()]*\d) ?\(([^()\d]+)\)$/, '$2/$1');
  if (plain.length > longest) return null;
  const located = locate(plain);
  if (located === null) return null;
  const ports = located.ports === '' ? [] : readPorts(located.ports);
  if (ports === null || ports === 'ambiguous') return null;
  const label = sort(located.rest);
  const portless = label.transports.some((transport) => transport.startsWith('icmp'));
  return portless === (ports.length === 0) ? { ...label, ports } : null;
}

function locate(plain: string): { readonly ports: string; readonly rest: string } | null {
  const last = trailingPorts.exec(plain);
  if (last?.[1] !== undefined) return { ports: last[1], rest: plain.slice(0, last.index).trim() };
  const first = leadingPorts.exec(plain);
  if (first?.[1] !== undefined) return { ports: first[1], rest: plain.slice(first[0].length).trim() };
  return /^icmp(?:v6)?$/i.test(plain) ? { ports: '', rest: plain } : null;
}

/** A cell of an application's or a security's name alone. */
export function readProtocol(text: string): Omit<Label, 'ports'> {
  return sort(plainMarks(text).replace(/\s+/g, ' ').trim().slice(0, longest));
}

function sort(rest: string): Omit<Label, 'ports'> {
  const found = { application: [] as string[], security: [] as string[], transports: [] as Label['transports'][number][] };
  const words: string[] = [];
  for (const piece of rest.replace(/\bA ?\/ ?V\b/gi, audioVideo).split(/[/,;:()]|\s+(?:and|or|和|或|over)\s+|、/)) {
    for (const token of isKnown(piece.trim()) ? [piece.trim()] : tokensOf(piece)) place(token, found, words);
  }
  const { application, security, transports } = found;
  const known = application.length > 0;
  // A name alone before transport and port stands where labels have the application.
  const [only, ...others] = words;
  const isNamed = application.length === 0 && security.length === 0 && only !== undefined && others.length === 0;
  return {
    application: isNamed ? only : application.join('/') || null,
    security: security.join('/') || null,
    transports: [...new Set(transports)],
    words: isNamed ? [] : words,
    known,
  };
}

/** Words of a piece are taken apart only where each is a protocol's name: "Web Conferencing" stays whole. */
function tokensOf(piece: string): readonly string[] {
  const words = piece.split(' ').filter((word) => word !== '');
  const known = words.filter(isKnown);
  const others = words.filter((word) => !isKnown(word) && !/^(?:ports?|端口)$/i.test(word)).join(' ');
  return others === '' ? known : [others, ...known];
}

function isKnown(word: string): boolean {
  const upper = word.toUpperCase();
  return /^(?:TCP|UDP|ICMP|ICMPV6)$/.test(upper) || securities.has(upper) || applications.has(upper);
}

function place(
  token: string,
  found: { readonly application: string[]; readonly security: string[]; readonly transports: Label['transports'][number][] },
  words: string[],
): void {
  const upper = token.toUpperCase();
  if (upper === 'TCP') found.transports.push('tcp');
  else if (upper === 'UDP') found.transports.push('udp');
  else if (upper === 'ICMP') found.transports.push('icmp');
  else if (upper === 'ICMPV6') found.transports.push('icmpv6');
  else if (securities.has(upper)) found.security.push(upper);
  else if (applications.has(upper)) found.application.push(upper);
  else if (token !== '') words.push(token.replaceAll(audioVideo, 'A/V'));
}
