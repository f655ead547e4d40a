/**
 * What is promised, and the tests that prove it: those of the file whose title begins so.
 *
 * @type {readonly { claim: string, file: string, title: string }[]}
 */
export const claims = [
  {
    claim: '50 callers upsert one key: one row, no error, one is told that it made it',
    file: 'test/integration/repository/upsert.test.ts',
    title: 'lets 50 callers race for one key',
  },
  {
    claim: 'a foreign key that fails at commit is a 409, never a success',
    file: 'test/integration/http/transaction.test.ts',
    title: 'refuses the request: what cannot be committed was never created',
  },
  {
    claim: '5,000 random filters and orders give what SQL gives that was written apart',
    file: 'test/conformance/differential/differential.test.ts',
    title: 'give the rows of SQL that was written apart',
  },
  {
    claim: 'resident memory grows by less than 50 MB while a million rows are streamed',
    file: 'test/conformance/memory.test.ts',
    title: 'grows by less than 50 MB',
  },
  {
    claim: 'the service is killed at any moment: all it confirmed is there, no money comes or goes',
    file: 'test/e2e/chaos/killed-api.test.ts',
    title: 'has kept all it confirmed',
  },
  {
    claim: 'the database server is killed at any moment: the same, and the service goes on',
    file: 'test/e2e/chaos/killed-server.test.ts',
    title: 'costs nothing that was confirmed',
  },
  {
    claim: 'the database server is restarted every second: no wrong answer',
    file: 'test/e2e/chaos/restarts.test.ts',
    title: 'gives no wrong answer',
  },
];
