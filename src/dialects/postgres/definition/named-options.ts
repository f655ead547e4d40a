import type { EngineOptions } from '../../../catalog/model/engine-options.ts';
import { capabilityMissing, postgresText } from '../text.ts';

/** Options as they stand in the parentheses behind `with`; empty where there are none. Unknown names are refused. */
export function namedOptions(
  where: string,
  options: EngineOptions | undefined,
  known: Readonly<Record<string, string>>,
): string {
  return Object.entries(options ?? {})
    .map(([name, value]) => {
      const word = known[name];
      if (word === undefined)
        throw capabilityMissing(where, `there is no option ${name}`, 'leave it out for postgresql');
      return `${word} = ${postgresText.literal(String(value))}`;
    })
    .join(', ');
}

/** What an index can be told, by the catalog's word and the server's own. */
export const indexOptions: Readonly<Record<string, string>> = ownWords([
  'fillfactor',
  'deduplicate_items',
  'buffering',
  'fastupdate',
  'gin_pending_list_limit',
  'autosummarize',
  'pages_per_range',
]);

export const viewOptions: Readonly<Record<string, string>> = {
  securityInvoker: 'security_invoker',
  securityBarrier: 'security_barrier',
  checkOption: 'check_option',
};

export const materializedViewOptions: Readonly<Record<string, string>> = ownWords([
  'fillfactor',
  'autovacuum_enabled',
  'toast_tuple_target',
]);

function ownWords(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
