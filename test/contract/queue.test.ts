import { afterAll, test } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { describeQueue } from './queue.ts';
import { temporaryFolder } from './queue-place.ts';

const nothing = async () => undefined;

describeQueue('PGlite', async () => {
  const { dataDir, remove } = temporaryFolder();
  return { place: { dataDir }, stop: async () => remove() };
});

const redis = await startRedis();
if ('missing' in redis) test.skip(`queue on Redis: ${redis.missing}`, nothing);
else {
  describeQueue('Redis', async () => ({ place: { redisUrl: redis.url }, stop: nothing }));
  afterAll(redis.stop);
}

const postgres = await startPostgres();
if ('missing' in postgres) test.skip(`queue on Postgres: ${postgres.missing}`, nothing);
else {
  describeQueue('Postgres', async () => ({ place: { databaseUrl: postgres.url }, stop: nothing }));
  afterAll(postgres.stop);
}
