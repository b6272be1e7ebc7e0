import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{packages,workers,services}/*/src/**/*.test.ts',
      'packages/*/training/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // A process of its own for each file: an embedded database that is left open cannot reach the next file.
    pool: 'forks',
    // Two files at once: an embedded database keeps one core busy, and system tests start processes of their own.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
