import type { DriverChoice, Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** The engine that owns a scheme or identifier; `subject` names where it was said. */
export function engineOf(scheme: string, engines: readonly Engine[], subject: string): Engine {
  const engine = engines.find((candidate) => candidate.schemes.includes(scheme.toLowerCase()));
  if (engine) return engine;
  const known = engines.flatMap((candidate) => candidate.schemes);
  throw new RowhouseError('ENGINE_UNKNOWN', `${subject} names the engine ${scheme}, which is not known`, {
    details: { engine: scheme, known },
    hint: `the known names are ${known.join(', ')}`,
  });
}

/** The driver of an engine by its name or alias; undefined for `auto`. */
export function driverOf(name: string, engine: Engine, subject: string): DriverChoice | undefined {
  const wanted = name.toLowerCase();
  if (wanted === 'auto') return undefined;
  const driver = engine.drivers.find((choice) => choice.name === wanted || choice.aliases.includes(wanted));
  if (driver) return driver;
  const known = engine.drivers.flatMap((choice) => [choice.name, ...choice.aliases]);
  throw new RowhouseError('CONFIG_INVALID', `${subject} names the driver ${name}, which ${engine.name} does not have`, {
    details: { driver: name, engine: engine.name, known },
    hint: `the known drivers are ${['auto', ...known].join(', ')}`,
  });
}
