import { z } from 'zod';

export const transports = ['tcp', 'udp', 'icmp', 'icmpv6'] as const;
export const transportSchema = z.enum(transports);
export type Transport = z.infer<typeof transportSchema>;

const port = z.int().min(1).max(65535);
/** Ports `from` to `to`, both included; one port has `from === to`. */
export const portRangeSchema = z
  .strictObject({ from: port, to: port })
  .refine((range) => range.from <= range.to, { message: 'the first port is greater than the last' });
export type PortRange = z.infer<typeof portRangeSchema>;

export function formatPorts(ports: readonly PortRange[]): string {
  return ports.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
