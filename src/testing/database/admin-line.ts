import { importOptional } from '../../driver/import-optional.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** A line to a server on which databases are made: the little we use of a client library. */
export interface AdminLine extends AsyncDisposable {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Loads the client library of an engine, of which `Library` describes what we use. */
export async function loadClientLibrary<Library>(name: string): Promise<Library> {
  const loaded = await importOptional(name);
  if (loaded !== undefined) return (loaded as { readonly default: Library }).default;
  throw new RowhouseError('DRIVER_MISSING', `the package ${name} is needed to make databases for tests`, {
    details: { package: name },
    hint: `npm install --save-dev ${name}`,
  });
}
