import type { Engine } from '../dialect/engine.ts';
import type { Driver } from '../driver/driver.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** The wished driver of an engine, or the first that is installed. `DRIVER_MISSING` says what to type. */
export async function loadDriver(engine: Engine, wished?: string): Promise<Driver> {
  const choices = wished === undefined ? engine.drivers : engine.drivers.filter(({ name }) => name === wished);
  for (const choice of choices) {
    const driver = await choice.load();
    if (driver !== undefined) return driver;
  }
  const installs = choices.flatMap(({ install }) => install ?? []);
  throw new RowhouseError('DRIVER_MISSING', `no driver for ${engine.name} is installed`, {
    details: { engine: engine.name, drivers: choices.map(({ name }) => name) },
    hint: `install one with \`${installs[0] ?? `npm install ${choices[0]?.name}`}\``,
  });
}
