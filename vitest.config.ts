import { defineConfig } from 'vitest/config';

const onServers = { globalSetup: ['test/servers/global-setup.ts'], testTimeout: 60_000, hookTimeout: 120_000 };
const onBuild = { ...onServers, globalSetup: ['test/servers/build-setup.ts', ...onServers.globalSetup] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'types', include: ['test/types/**/*.test.ts'] } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...onServers } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...onServers } },
      { test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], ...onServers } },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], ...onBuild } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...onBuild, testTimeout: 300_000 } },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/servers/build-setup.ts'],
          testTimeout: 300_000,
        },
      },
    ],
  },
});
