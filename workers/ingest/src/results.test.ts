import { openRedisQueue } from '@wirefold/queue';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp } from './testing/loopback.ts';
import { newsText, openStage, type Stage, textSubmission, until } from './testing/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterEach(() => stage.stop());
afterAll(() => stage.close());

describe('what ingest writes down', { timeout: 20_000 }, () => {
  it('the cards of a page are articles of their own, handed to ingest in turn', async () => {
    await stage.start({});
    const cards = ['Cardiff Lane', 'Cardwell'].map((place) =>
      ['Valley Herald', '2 hours ago', '- Valley Herald', `Repairs begin in ${place}`, newsText(place)].join('\n\n'),
    );
    const [id = ''] = await stage.submit(
      textSubmission('Bridges everywhere', [newsText('Pagewater'), ...cards].join('\n\n')),
    );
    const page = await stage.ended(id);
    expect(page).toMatchObject({ state: 'signed', article: { title: 'Bridges everywhere' } });
    expect(page.cards).toHaveLength(2);
    const records = await Promise.all(page.cards.map((card) => stage.ended(card)));
    expect(records.map(({ state, partOf }) => [state, partOf])).toEqual(Array(2).fill(['signed', id]));
    expect(records.map(({ article }) => article?.title).sort()).toEqual([
      'Repairs begin in Cardiff Lane',
      'Repairs begin in Cardwell',
    ]);
    expect(records[0]?.article?.published).toMatchObject({ evidence: '2 hours ago' });
    expect(records[0]?.article?.source.name).toBe('Valley Herald');
  });

  it('an article that cannot be saved does not take the others of its group with it', async () => {
    await stage.query(`
      create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'no place for this one'; end $$;
      create trigger refuse before insert on content for each row when (new.title = 'Unsavable') execute function refuse();`);
    await stage.start({});
    const [good = '', bad = ''] = await stage.submit(
      textSubmission('Savable', newsText('Saville')),
      textSubmission('Unsavable', newsText('Unsavold')),
    );
    expect(await stage.ended(good)).toMatchObject({ state: 'signed' });
    const record = await stage.ended(bad);
    expect(record).toMatchObject({ state: 'submitted', reason: 'bug', attempts: 1 });
    expect(record.detail).toContain('no place for this one');
    await stage.query('drop trigger refuse on content; drop function refuse');
  });

  it('a queue that is away is reported, and the article is saved all the same', async () => {
    const closed = await serveHttp((_, response) => response.end());
    await closed.close();
    const away = await openRedisQueue({ url: `redis://127.0.0.1:${closed.port}`, onError: () => {}, callMs: 200 });
    await stage.start({}, {}, away.add);
    const [id = ''] = await stage.submit(textSubmission('Kept', newsText('Keepham')));
    expect(await stage.ended(id)).toMatchObject({ state: 'signed' });
    const report = await until(async () => stage.lines.find(({ msg }) => msg === 'queue error') ?? null);
    expect(report).toMatchObject({ stage: 'cluster', articles: 1 });
    await stage.stop();
    await away.close();
  });

  it('counts each article once', async () => {
    await stage.start({});
    const submission = textSubmission('Counted', newsText('Countesthorpe'));
    const [id = ''] = await stage.submit(submission);
    await stage.ended(id);
    // The same job again, as a queue may deliver it.
    await stage.submit(submission);
    await stage.stop();
    expect(stage.lines.filter(({ msg, articleId }) => msg === 'ingested' && articleId === id)).toHaveLength(1);
  });
});
