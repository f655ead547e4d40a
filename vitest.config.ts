import { defineConfig } from 'vitest/config';

const serverTests = { globalSetup: ['test/servers/global-setup.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: { name: 'types', include: ['test/types/**/*.test.ts'], typecheck: { enabled: false } },
      },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...serverTests } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...serverTests } },
      { test: { name: 'cli', include: ['test/cli/**/*.test.ts'], ...serverTests } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...serverTests, testTimeout: 300_000 } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
