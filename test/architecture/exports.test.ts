import { expect, test } from 'vitest';
import * as client from '../../src/client/index.ts';
import * as http from '../../src/http/index.ts';
import * as main from '../../src/index.ts';
import * as kysely from '../../src/kysely/index.ts';
import * as migration from '../../src/migration/index.ts';
import * as seed from '../../src/seed/index.ts';
import * as telemetry from '../../src/telemetry/index.ts';
import * as testing from '../../src/testing/index.ts';

test('the public names are these', () => {
  const names = {
    rowhouse: Object.keys(main).toSorted(),
    'rowhouse/client': Object.keys(client).toSorted(),
    'rowhouse/http': Object.keys(http).toSorted(),
    'rowhouse/kysely': Object.keys(kysely).toSorted(),
    'rowhouse/migration': Object.keys(migration).toSorted(),
    'rowhouse/seed': Object.keys(seed).toSorted(),
    'rowhouse/telemetry': Object.keys(telemetry).toSorted(),
    'rowhouse/testing': Object.keys(testing).toSorted(),
  };

  expect(names).toMatchSnapshot();
});
