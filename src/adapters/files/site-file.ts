import { z } from 'zod';
import type { Problem } from '../../app/ports.ts';
import { type AddressProblem, parseEndpoint } from '../../domain/address.ts';
import type { RoleId } from '../../domain/role.ts';
import { roleIdSchema } from '../../domain/role.ts';
import type { TopologyId } from '../../domain/rule.ts';
import { siteSchema } from '../../domain/site.ts';
import type { Loaded } from './parse-file.ts';
import { repeats } from './repeats.ts';

/** An address as people write it: `192.0.2.10`, `198.51.100.0/28`, `192.0.2.1-192.0.2.9`, `2001:db8::/64`, `sip.example.com`. */
const writtenEndpointSchema = z.string().transform((text, context) => {
  const parsed = parseEndpoint(text);
  if (parsed.ok) return parsed.endpoint;
  context.addIssue({ code: 'custom', message: explain(parsed.problem) });
  return z.NEVER;
});

function explain(problem: AddressProblem): string {
  const { text } = problem;
  switch (problem.kind) {
    case 'host-bits':
      return `${text} has host bits set: the network is ${problem.network}, the host ${problem.host}`;
    case 'inverted-range':
      return `${text} ends before it starts: ${problem.swapped}`;
    case 'mixed-range':
      return `${text} mixes IPv4 and IPv6`;
    case 'mapped':
      return `${text} is an IPv4 address written as IPv6: write ${problem.plain}`;
    case 'not-an-address':
      return `"${text}" is no address, prefix, range or full name`;
  }
}

/** A file under sites/: a `Site` whose addresses are written as text. */
export const siteFileSchema = siteSchema.extend({ bindings: z.partialRecord(roleIdSchema, z.array(writtenEndpointSchema).min(1)) });
export type SiteFile = z.output<typeof siteFileSchema>;

/** Roles or topologies that did not read are null: what depends on them is then left unchecked. */
export function checkSites(
  files: readonly Loaded<SiteFile>[],
  roles: ReadonlySet<RoleId> | null,
  topologies: ReadonlySet<TopologyId> | null,
): Problem[] {
  return [
    ...repeats(
      files.map((file) => ({ key: file.value.id, file, path: ['id'] })),
      (id, first) => `the site ${id} is already defined at ${first}`,
    ),
    ...files.flatMap((file) => [
      ...(topologies === null || topologies.has(file.value.topology)
        ? []
        : [file.problem(['topology'], `${file.value.topology} is not a topology of the catalogue`)]),
      ...Object.keys(file.value.bindings).flatMap((role) =>
        roles === null || roles.has(roleIdSchema.parse(role))
          ? []
          : [file.problem(['bindings', role], `${role} is not a role of roles.yaml`, 'key')],
      ),
    ]),
  ];
}
