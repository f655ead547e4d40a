import type { LintRule, Severity } from '../../dialect/lint/rule.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What a project says of the rules. */
export interface LintSettings {
  /** The severity of a rule by its code, or `off`. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** The same for files whose path matches: names with `*` for any characters. The last that matches counts. */
  readonly paths?: readonly PathSettings[];
}

export interface PathSettings {
  readonly path: string;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

/** How grave a rule's findings are in a file; undefined when it is off there. */
export function severityIn(file: string, rule: LintRule, settings: LintSettings): Severity | undefined {
  const forPath = (settings.paths ?? []).findLast(({ path, rules }) => matches(file, path) && rule.code in rules);
  const found = forPath?.rules[rule.code] ?? settings.rules?.[rule.code] ?? rule.severity;
  return found === 'off' ? undefined : found;
}

/** Throws `PROJECT_INVALID` for a code that no rule has: its author believes that something is watched. */
export function refuseUnknownCodes(settings: LintSettings, known: ReadonlySet<string>): void {
  const sets = [settings.rules ?? {}, ...(settings.paths ?? []).map(({ rules }) => rules)];
  const code = sets.flatMap((rules) => Object.keys(rules)).find((name) => !known.has(name));
  if (code === undefined) return;
  throw new RowhouseError('PROJECT_INVALID', `lint.rules names ${code}, which is no rule`, {
    details: { code },
    hint: 'docs/reference/lint lists the rules',
  });
}

function matches(file: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?:^|/)${parts.join('.*')}$`).test(file.replaceAll('\\', '/'));
}
