import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { rowWriter } from './json-lines.ts';

describe('the writer of rows', () => {
  it('waits for a slow reader, and leaves no listener behind', async () => {
    const output = new PassThrough({ highWaterMark: 8 });
    const writer = rowWriter(output);
    const before = output.listenerCount('close');
    for (let row = 0; row < 20; row++) {
      const written = writer.write({ row });
      output.read();
      expect(await written).toBe(true);
    }
    expect(output.listenerCount('close')).toBe(before);
    expect(output.listenerCount('drain')).toBe(0);
  });

  it('says when the reader has gone away', async () => {
    const output = new PassThrough({ highWaterMark: 8 });
    const writer = rowWriter(output);
    const written = writer.write({ text: 'longer than the reader takes at once' });
    output.destroy(new Error('gone'));
    expect(await written).toBe(false);
  });
});
