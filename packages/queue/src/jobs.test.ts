import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JOB_IDS_MAX, jobId, newJob, queueName, readPayload, redisPrefix } from './jobs.ts';
import { STAGES } from './queue.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: JOB_IDS_MAX });

test('what a job carries is read back as it was', () => {
  fc.assert(
    fc.property(ids, (batch) => {
      const delivered = JSON.parse(JSON.stringify(newJob('cluster', batch).data));
      expect(readPayload(delivered)).toEqual({ ok: true, ids: batch });
    }),
  );
});

test('a job id is one that BullMQ takes, and the same for the same articles in any order', () => {
  fc.assert(
    fc.property(ids, (batch) => {
      expect(jobId(batch)).toMatch(/^b[0-9a-f]{32}$/);
      expect(jobId([...batch].reverse())).toBe(jobId(batch));
      expect(jobId([...batch, 'one more article than the others'])).not.toBe(jobId(batch));
    }),
  );
});

test('ids that only look alike when they are joined give different jobs', () => {
  expect(jobId(['a,b'])).not.toBe(jobId(['a', 'b']));
  expect(jobId(['ab', 'c'])).not.toBe(jobId(['a', 'bc']));
});

test('nothing of an ended job is kept, and the queue itself never retries', () => {
  expect(newJob('ingest', ['a']).opts).toMatchObject({ attempts: 1, removeOnComplete: true, removeOnFail: true });
});

test('a batch that no job can carry is refused', () => {
  const tooMany = Array.from({ length: JOB_IDS_MAX + 1 }, (_, i) => `a${i}`);
  expect(() => newJob('ingest', [])).toThrow(RangeError);
  expect(() => newJob('ingest', tooMany)).toThrow(RangeError);
  expect(() => newJob('ingest', [''])).toThrow(RangeError);
  expect(newJob('ingest', tooMany.slice(1)).data.ids).toHaveLength(JOB_IDS_MAX);
});

test.each([
  ['a later version', { v: 2, ids: ['a'] }],
  ['no version', { ids: ['a'] }],
  ['no ids', { v: 1, ids: [] }],
  ['too many ids', { v: 1, ids: Array.from({ length: JOB_IDS_MAX + 1 }, String) }],
  ['content besides the ids', { v: 1, ids: ['a'], html: '<p>' }],
  ['ids that are no strings', { v: 1, ids: [7] }],
  ['nothing', null],
  ['a text', 'a'],
])('a payload with %s is not read', (_, data) => {
  expect(readPayload(data)).toEqual({ ok: false, problem: expect.stringMatching(/./) });
});

test('each queue has its own hash tag', () => {
  expect(STAGES.map(redisPrefix)).toEqual(['{ingest}', '{cluster}']);
  expect(STAGES.map(queueName)).toEqual(['wirefold-ingest', 'wirefold-cluster']);
});
