import { z } from 'zod';
import { dialogSchema } from '../../dialog/definition.ts';
import { peopleFileSchema } from '../../domain/actor.ts';
import { approvalPolicySchema } from '../../domain/approval-policy.ts';
import { rolesFileSchema } from '../../domain/role.ts';
import { topologySchema } from '../../domain/rule.ts';
import { localeFileSchema } from './locale-files.ts';
import { siteFileSchema } from './site-file.ts';

const sources: readonly { readonly path: string; readonly title: string; readonly schema: z.ZodType }[] = [
  { path: 'data/schemas/roles.schema.json', title: 'Roles', schema: rolesFileSchema },
  { path: 'data/schemas/topology.schema.json', title: 'Topology', schema: topologySchema },
  { path: 'data/schemas/site.schema.json', title: 'Site', schema: siteFileSchema },
  { path: 'data/schemas/people.schema.json', title: 'People', schema: peopleFileSchema },
  { path: 'data/schemas/approval-policy.schema.json', title: 'Approval policy', schema: approvalPolicySchema },
  { path: 'dialogs/dialog.schema.json', title: 'Dialog', schema: dialogSchema },
  { path: 'dialogs/locale.schema.json', title: 'Texts', schema: localeFileSchema },
];

/** The JSON Schemas of all files, as what a person writes (not as what it is read into), each with its path in the repository. */
export function schemaFiles(): readonly { readonly path: string; readonly text: string }[] {
  return sources.map(({ path, title, schema }) => {
    const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-07' });
    return { path, text: `${JSON.stringify({ title, ...json }, null, 2)}\n` };
  });
}
