import { openAt, type Place } from './queue-place.ts';

/** The process that `killWithJobInHand` starts: it says when it holds the job, and never lets go of it. */
const [place, articleIds] = process.argv.slice(2).map((argument) => JSON.parse(argument)) as [Place, string[]];
const { queue } = await openAt(place, (error) => process.stderr.write(`${error.stack}\n`));
const hold = () => {
  process.stdout.write('holding\n');
  return new Promise<void>(() => {});
};
await queue.consume('ingest', hold, { concurrency: 1 });
await queue.add('ingest', [articleIds]);
