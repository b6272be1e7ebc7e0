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
    // What is waited for may take a while on a busy machine; vitest's own second is for an idle one.
    expect: { poll: { timeout: 15_000 } },
  },
});
