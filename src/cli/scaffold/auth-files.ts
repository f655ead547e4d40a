import type { ScaffoldFiles, ScaffoldOptions } from './scaffold-files.ts';
import { tableText } from './table-text.ts';

/** Somebody who signs in: a password comes in, its hash is kept, and neither is ever shown. */
export function authFiles({ names, tenant, softDelete }: ScaffoldOptions): ScaffoldFiles {
  const { one, many, words, prefix } = names;
  return {
    'schema.ts': tableText({
      names,
      tenant,
      softDelete,
      builders: ['boolean', 'text'],
      columns: [
        'email: text({ max: 255 }).unique({ ignoreCase: true }),',
        'passwordHash: text({ max: 200 }),',
        'active: boolean().default(true),',
      ],
    }),
    'password.ts': passwordText,
    'service.ts': `import { text } from 'rowhouse';
import { tableService } from 'rowhouse/http';
import { hashPassword } from './password.ts';
import { ${many} } from './schema.ts';

/** The rules of ${words}: callers give a password, and only its hash reaches the database. */
export const ${one}Service = tableService(${many}, {
  takes: { password: text({ max: 200 }) },
  makes: ['passwordHash'],
  beforeCreate: async ({ password, ...input }) => ({ ...input, passwordHash: await hashPassword(password) }),
  beforeUpdate: async ({ password, ...change }) =>
    password === undefined ? change : { ...change, passwordHash: await hashPassword(password) },
});
`,
    'resource.ts': `import { resource, type Resource } from 'rowhouse/http';
import { ${many} } from './schema.ts';
import { ${one}Service } from './service.ts';

/** How ${words} are shown over HTTP, and how they may be asked for. */
export const ${one}Resource: Resource = resource(${many}, {
  prefix: '${prefix}',
  service: ${one}Service,
  hidden: ['passwordHash'],
  search: ['email'],
  order: { default: '-createdAt', allowed: ['createdAt', 'updatedAt', 'email'] },
});
`,
  };
}

const passwordText = `import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** What one guess costs: 16 MiB of memory and tens of milliseconds. Kept in the text, so that it can rise later. */
const cost = { N: 16_384, r: 8, p: 1 };
const keyBytes = 32;

/** The text to keep instead of a password: \`scrypt$N$r$p$salt$key\`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Is it the password whose hash was kept? Takes the same time whether or not it is. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', key = ''] = kept.split('$');
  if (kind !== 'scrypt') return false;
  const expected = Buffer.from(key, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === found.length && timingSafeEqual(expected, found);
}

async function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
`;
