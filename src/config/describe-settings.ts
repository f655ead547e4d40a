import type { Target } from '../driver/target.ts';
import { byDefault, describeSource, type Source } from './given.ts';
import { mask } from './secret.ts';
import type { Settings } from './settings.ts';

/** One line of what `rowhouse config` shows. No value is a secret. */
export interface SettingRow {
  readonly setting: string;
  readonly value: string;
  readonly from: string;
}

/** Every setting in force, with where it came from; fit to be printed. */
export function describeSettings(settings: Settings): readonly SettingRow[] {
  const sources = new Map(settings.origins.map(({ setting, source }) => [setting, source]));
  return values(settings).flatMap(([setting, value]) =>
    value === undefined
      ? []
      : [{ setting, value: String(value), from: describeWinner(sources.get(setting) ?? byDefault) }],
  );
}

/** `DB_NAME, over DB_NAME (.env)`: a value that lost is named, so that nobody looks for it in vain. */
function describeWinner(source: Source): string {
  const lost = source.kind === 'variable' ? (source.over ?? []) : [];
  return [describeSource(source), ...(lost.length === 0 ? [] : [`over ${lost.join(' and ')}`])].join(', ');
}

type Row = readonly [setting: string, value: string | number | boolean | undefined];

function values(settings: Settings): readonly Row[] {
  return [
    ['environment', settings.environment],
    ['engine', settings.engine.name],
    ['driver', settings.driver ?? 'auto'],
    ...targetRows('write', settings.write),
    ...settings.replicas.flatMap((target, index) => targetRows(`replicas.${index}`, target)),
    ...(settings.replicas.length > 0 ? [['replica.maxLagMs', settings.replica.maxLagMs] as const] : []),
    ...Object.entries(settings.pool).map(([name, value]): Row => [`pool.${name}`, value]),
    ['statementTimeoutMs', settings.statementTimeoutMs],
    ['connectRetries.attempts', settings.connectRetries.attempts],
    ['connectRetries.delayMs', settings.connectRetries.delayMs],
    ['echo', settings.echo],
    ['echoPool', settings.echoPool],
    ['slowStatementMs', settings.slowStatementMs],
    ['migration.config', settings.migration.config],
    ['migration.path', settings.migration.path],
    ['migration.ledgerTable', settings.migration.ledgerTable],
    ['fixturePath', settings.fixturePath],
    ['redisUrl', settings.redisUrl && mask],
  ];
}

function targetRows(line: string, target: Target): readonly Row[] {
  return [
    [`${line}.host`, target.host],
    [`${line}.port`, target.port],
    [`${line}.database`, target.database],
    [`${line}.user`, target.user],
    [`${line}.password`, target.password === undefined ? undefined : mask],
    [`${line}.tls`, tlsText(target)],
    [`${line}.connectTimeoutMs`, target.connectTimeoutMs],
    [`${line}.applicationName`, target.applicationName],
    ...Object.entries(target.parameters ?? {}).map(([name, value]): Row => [`${line}.parameters.${name}`, value]),
  ];
}

function tlsText({ tls }: Target): string {
  const files = [tls.ca, tls.certificate, tls.key].filter((file) => file !== undefined);
  return [tls.mode, ...files].join(' ');
}
