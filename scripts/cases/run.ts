// Drives the public cases on private servers and says how many come out right; more in scripts/cases/README.md.
//
//   npm run cases                                  all of them; some minutes an engine
//   npm run cases -- --engine postgresql-15        one engine: postgresql-15 to -18, mysql, mariadb, sqlite
//   npm run cases -- --corpus psql                 one collection of cases
//   npm run cases -- --corpus-file PATH            cases of a file of your own
//   npm run cases -- --case NAME                   those with NAME in their id
//   npm run cases -- --safe plain                  the short form of each plan, for databases that nobody uses
//   npm run cases -- --measure                     list what stops writers while it reads or rewrites rows
//   npm run cases -- --verbose                     with the plans
//   npm run cases -- --json                        the reports as JSON
import { basename } from 'node:path';
import type { Bench } from './bench.ts';
import { missingCases, readCases, type Case } from './case.ts';
import { driveCase, type CaseReport, type DriveOptions } from './drive-case.ts';
import { readCaseOptions, type CaseOptions } from './options.ts';
import { isAboveBar, renderReport, type CorpusReport } from './report.ts';
import { mysqlBench } from './mysql-bench.ts';
import { postgresBench } from './postgres-bench.ts';
import { sqliteBench } from './sqlite-bench.ts';

interface Plan {
  readonly bench: string;
  readonly corpora: readonly string[];
  readonly start: () => Promise<Bench>;
}

const plans: readonly Plan[] = [
  { bench: 'postgresql 15', corpora: ['psql', 'stripe-pg'], start: async () => await postgresBench('15') },
  { bench: 'postgresql 16', corpora: ['psql', 'stripe-pg'], start: async () => await postgresBench('16') },
  { bench: 'postgresql 17', corpora: ['psql', 'stripe-pg'], start: async () => await postgresBench('17') },
  { bench: 'postgresql 18', corpora: ['psql', 'stripe-pg'], start: async () => await postgresBench('18') },
  { bench: 'mysql 9.7', corpora: ['mysql'], start: async () => await mysqlBench('mysql') },
  { bench: 'mariadb 10.11', corpora: ['mysql'], start: async () => await mysqlBench('mariadb') },
  { bench: 'sqlite', corpora: ['sqlite'], start: sqliteBench },
];

/** Two: the machine that this must be quick on has two cores. */
const workers = 2;

const options = readCaseOptions(import.meta.url);
const missing = options.corpusFile === undefined ? missingCases() : undefined;
if (missing !== undefined) {
  console.error(`the cases are not here: they are not part of the project, and are read from ${missing}`);
  process.exit(2);
}
const chosen = plans.filter(({ bench }) =>
  bench.replace(' ', '-').startsWith((options.engine ?? '').replace(' ', '-')),
);
if (chosen.length === 0) {
  console.error(`there is no engine ${options.engine}: choose one of ${plans.map(({ bench }) => bench).join(', ')}`);
  process.exit(2);
}
const reports: CorpusReport[] = [];
for (const plan of chosen) {
  const corpora = options.corpusFile === undefined ? plan.corpora : [basename(options.corpusFile, '.json')];
  for (const corpus of corpora.filter((one) => options.corpus === undefined || one === options.corpus)) {
    const report = await driveCorpus(plan, corpus, options);
    reports.push(report);
    if (!options.json) console.log(renderReport(report, options));
  }
}
if (options.json) console.log(JSON.stringify(reports, undefined, 2));
if (!reports.every(isAboveBar)) process.exitCode = 1;

async function driveCorpus(
  { bench, start }: Plan,
  corpus: string,
  { corpusFile, name, safe, measure }: CaseOptions,
): Promise<CorpusReport> {
  const waiting = readCases(corpus, corpusFile).filter(({ id }) => name === undefined || id.includes(name));
  const total = waiting.length;
  const cases: CaseReport[] = [];
  const work = async (): Promise<void> => {
    await using one = await start();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      cases.push(await driveSafely(one, next, { safe, measure }));
      showProgress(`${bench} ${corpus}`, cases.length, total);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, total) }, work));
  return { bench, corpus, cases: cases.toSorted((a, b) => (a.one.id < b.one.id ? -1 : 1)) };
}

/** What goes wrong in the harness itself is that case's own result, and no reason to stop. */
async function driveSafely(bench: Bench, one: Case, how: DriveOptions): Promise<CaseReport> {
  try {
    return await driveCase(bench, one, how);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failed = {
      state: 'crashed',
      reason,
      script: '',
      recreated: [],
      copied: [],
      lost: [],
      rowsInTheWay: false,
    } as const;
    return { one, unfilled: [], forward: failed, backward: failed, ms: 0 };
  }
}

function showProgress(label: string, done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const filled = Math.round((done / total) * 24);
  process.stderr.write(`\r\u001B[2K${label}  ${'█'.repeat(filled)}${'░'.repeat(24 - filled)}  ${done} of ${total}`);
  if (done === total) process.stderr.write('\r\u001B[2K');
}
