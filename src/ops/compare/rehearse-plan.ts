import type { Database } from '../../database/database.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { structuresOf } from './read-structure.ts';
import { makeScratch, type ScratchDatabase, type ScratchPlace } from './scratch-database.ts';

/** A plan, what it is for, and where it can be tried. */
export interface PlanToRehearse {
  readonly database: Database;
  readonly structure: Structure;
  readonly place: ScratchPlace;
}

/**
 * The plan as the server carries it out, found out in a scratch database; the database that it is for is only read.
 * Where none can be made the plan stays as it is, and says so.
 */
export async function rehearsePlan(
  statements: readonly DefinitionStatement[],
  { database, structure, place }: PlanToRehearse,
): Promise<readonly DefinitionStatement[]> {
  const planner = await structuresOf(database.dialect);
  if (planner.rehearse === undefined || !statements.some(({ asks }) => asks === true)) return statements;
  await using scratch = await scratchIfAllowed(place);
  if (scratch === undefined) return statements.map((statement) => unrehearsed(statement));
  return await database.pinned(
    async (source) =>
      await scratch.database.pinned(async ({ connection }) => {
        refuseOtherVersion(source.connection.serverVersion, connection.serverVersion);
        const rehearsal = { from: structure, source: source.connection, scratch: connection };
        try {
          return (await planner.rehearse?.(statements, rehearsal)) ?? statements;
        } catch (error) {
          if (error instanceof RowhouseError) throw error;
          throw database.dialect.errors.translate(error, { during: 'statement' });
        }
      }),
  );
}

/** A server of another version does it in another way. */
function refuseOtherVersion(version: string, scratch: string): void {
  if (version === scratch) return;
  throw new RowhouseError('SCRATCH_FAILED', `the scratch server is ${scratch}, the first database is on ${version}`, {
    details: { version, scratch },
    hint: 'name a server of the same version with --scratch',
  });
}

/** Whoever may only read still gets a plan. */
async function scratchIfAllowed(place: ScratchPlace): Promise<ScratchDatabase | undefined> {
  try {
    return await makeScratch(place);
  } catch (error) {
    if (RowhouseError.has(error, 'SCRATCH_FAILED')) return undefined;
    throw error;
  }
}

function unrehearsed(statement: DefinitionStatement): DefinitionStatement {
  if (statement.asks !== true) return statement;
  const note =
    'not tried, for want of a scratch database: the server may copy the table and keep writers out meanwhile';
  return { ...statement, note: statement.note === undefined ? note : `${statement.note}; ${note}` };
}
