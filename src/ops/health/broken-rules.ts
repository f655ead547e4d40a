import type { Session } from '../../database/session.ts';
import type { ServerRule } from '../../dialect/server-rule.ts';

/** The rules that the server of a session does not follow, a sentence each: what is set, and what happens so. Only reads. */
export async function brokenRules(
  session: Pick<Session, 'run'>,
  rules: readonly ServerRule[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { setting, sql, wanted, otherwise } of rules) {
    const { rows } = await session.run({ sql }, [], { signal, idempotent: true });
    const found = rows.length === 0 ? 'not set' : String(rows[0]?.[0]);
    if (found !== wanted) broken.push(`${setting} is ${found}, not ${wanted}: ${otherwise}`);
  }
  return broken;
}
