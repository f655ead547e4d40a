// Installs the database servers the tests use and this machine lacks: `node scripts/servers.mjs`. Quick when all are there.
import { provision } from './provision/provision.mjs';

const outcomes = provision({ write: (line) => console.log(line) });
const failed = outcomes.filter((outcome) => outcome.state === 'missing' && outcome.required);
if (process.env['CI'] === 'true' && failed.length > 0) {
  console.error(`missing with CI=true: ${failed.map((outcome) => outcome.name).join(', ')}`);
  process.exitCode = 1;
}
