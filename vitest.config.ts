import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** System tests first: one of them that began last would be waited for with nothing beside it. */
class SystemTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSystemTest = ({ moduleId }: TestSpecification) => moduleId.startsWith(`${import.meta.dirname}/test/`);
    return [...sorted.filter(isSystemTest), ...sorted.filter((file) => !isSystemTest(file))];
  }
}

export default defineConfig({
  test: {
    include: [
      '{packages,workers,services}/*/src/**/*.test.ts',
      'packages/*/training/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // A process of its own for each file: an embedded database that is left open cannot reach the next file.
    pool: 'forks',
    sequence: { sequencer: SystemTestsFirst },
    // More files at once than the two cores that are taken for granted: system tests wait for sites, browsers and time limits.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for may take a while on a busy machine; vitest's own second is for an idle one.
    expect: { poll: { timeout: 15_000 } },
  },
});
