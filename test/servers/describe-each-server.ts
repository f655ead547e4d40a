import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { sqliteFiles } from '../../src/testing/database/sqlite-files.ts';
import {
  createDescribeEachServer,
  type DescribeEachServer,
  type ServerChoice,
} from '../../src/testing/describe-each-server.ts';
import { serverAt } from '../../src/testing/server/use-server.ts';
import { askServerHost } from './ask-server-host.ts';
import type { KnownServer } from './known-servers.ts';
import { isWanted } from './wanted.ts';

const framework = { describe, test, beforeAll, afterAll };
const choices = inject('servers').map(serverChoice);

/** Runs one body of tests on every server of the matrix. */
export const describeEachServer: DescribeEachServer = createDescribeEachServer(framework, choices);

/** Runs one body of tests on some servers: `postgresql` stands for all of its versions. */
export function describeServers(names: readonly string[], ...test: Parameters<DescribeEachServer>): void {
  const some = choices.filter(({ name }) => isWanted(name, names.join(',')));
  createDescribeEachServer(framework, some)(...test);
}

function serverChoice(facts: KnownServer): ServerChoice {
  return {
    ...facts,
    async start() {
      const { url } = await askServerHost(inject('serverHost'), facts.name);
      if (url !== undefined) return serverAt(url, facts.version);
      return await sqliteFiles({ driver: facts.driver.replace(':sqlite', '') }); // a URL scheme has no colon in it
    },
  };
}
