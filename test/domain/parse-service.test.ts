import { describe, expect, test } from 'vitest';
import { parseService } from '../../src/domain/parse-service.ts';
import { formatPorts } from '../../src/domain/service.ts';

function read(text: string): string {
  const service = parseService(text);
  return service.ok ? `${service.transport} ${formatPorts(service.ports)}`.trim() : service.problem.kind;
}

describe('a service as typed', () => {
  test.each([
    ['5061/tcp', 'tcp 5061'],
    ['TCP 5061', 'tcp 5061'],
    ['tcp/5061', 'tcp 5061'],
    ['tcp:5061', 'tcp 5061'],
    ['5061 tcp', 'tcp 5061'],
    ['50000-59999/udp', 'udp 50000-59999'],
    ['udp 3478, 50000 - 59999', 'udp 3478, 50000-59999'],
    ['443, 80, 443/tcp', 'tcp 80, 443'],
    ['10-20, 15-30/tcp', 'tcp 10-30'],
    ['icmp', 'icmp'],
    ['ICMPv6', 'icmpv6'],
    ['65535/tcp', 'tcp 65535'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['0/tcp', 'port-out-of-range'],
    ['70000/tcp', 'port-out-of-range'],
    ['tcp 1-65536', 'port-out-of-range'],
    ['20-10/tcp', 'inverted-range'],
    ['5061', 'no-transport'],
    ['70000', 'port-out-of-range'],
    ['https', 'not-a-service'],
    ['5061/sctp', 'not-a-service'],
    ['', 'not-a-service'],
  ])('%s is not one: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});
