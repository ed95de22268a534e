import { z } from 'zod';
import { parsePorts, type ServiceProblem } from './parse-service.ts';

export const transports = ['tcp', 'udp', 'icmp', 'icmpv6'] as const;
export const transportSchema = z.enum(transports);
export type Transport = z.infer<typeof transportSchema>;

const port = z.int().min(1).max(65535);
/** Ports `from` to `to`, both included; one port has `from === to`. */
export const portRangeSchema = z
  .strictObject({ from: port, to: port })
  .refine((range) => range.from <= range.to, { message: 'the first port is greater than the last' });
export type PortRange = z.infer<typeof portRangeSchema>;

const everyPort: PortRange = { from: 1, to: 65535 };

/** A text of ports and ranges joined by commas, as "5061" or "50001-50003", or "any"; an empty text means no ports. */
export const portsTextSchema = z.union([z.string(), z.int()]).transform((written, context): PortRange[] => {
  const text = String(written).trim();
  if (text === '') return [];
  if (text === 'any') return [everyPort];
  const parsed = parsePorts(text);
  if (parsed.ok) return [...parsed.ports];
  context.issues.push({ code: 'custom', message: complaint(parsed.problem), input: written });
  return z.NEVER;
});

function complaint(problem: ServiceProblem): string {
  if (problem.kind === 'port-out-of-range') return `"${problem.port}" is not a port: ports are 1 to 65535`;
  if (problem.kind === 'inverted-range') return `the range ${problem.text} is backwards: write ${problem.swapped}`;
  return 'write ports as "5061" or "50001-50003"';
}

export function formatPorts(ports: readonly PortRange[]): string {
  return ports.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
