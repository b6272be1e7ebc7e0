import { type Metadata, NO_METADATA } from '@wirefold/article';
import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { articleOf, claimOne, publish, sign, signedText, submission, textPushed } from './fixtures.ts';

const METADATA: Metadata = {
  ...NO_METADATA,
  authors: [
    {
      name: 'Ada Ferry',
      isOrganization: false,
      certainty: 'confirmed',
      from: { place: 'structured-data', field: 'author', text: 'Ada Ferry' },
    },
  ],
  modified: {
    value: { at: '2026-03-01T09:00:00.000Z', uncertaintyMs: 3_600_000, evidence: 'Updated 1 hour ago' },
    certainty: 'shown',
    from: { place: 'text', field: 'modified', text: 'Updated 1 hour ago' },
  },
  section: {
    value: 'Harbour',
    certainty: 'declared',
    from: { place: 'meta', field: 'article:section', text: 'Harbour' },
  },
  keywords: { value: ['ships', 'tides'], certainty: 'declared', from: { place: 'meta', field: 'keywords', text: '…' } },
};

export function describeMetadata(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('what a page says of its article comes back as it was saved, with what said so', async () => {
    const story = await publish(store(), 'a', [1], { metadata: METADATA });
    expect((await store().article('a'))?.article?.metadata).toEqual(METADATA);
    expect((await store().story(story))?.story.canonical).toMatchObject({
      section: 'Harbour',
      modified: METADATA.modified?.value,
    });
  });

  it('an article that is read again has what its page says now', async () => {
    await sign(store(), 'a', [1], { metadata: METADATA });
    await store().submit([submission('a', { pushed: textPushed('again') })]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    const article = articleOf('a', { metadata: { ...METADATA, section: null } });
    await store().saveSigned([{ articleId: 'a', token, article, text: signedText(1), cards: [] }]);
    expect((await store().article('a'))?.article?.metadata).toEqual({ ...METADATA, section: null });
  });

  it('an article without a page has the same fields, empty', async () => {
    const story = await publish(store(), 'a', [1]);
    expect((await store().article('a'))?.article?.metadata).toEqual(NO_METADATA);
    expect((await store().story(story))?.story.canonical).toMatchObject({ section: null, modified: null });
  });

  it('an article that an earlier release read has the same fields, empty', async () => {
    await publish(store(), 'a', [1], { metadata: METADATA });
    await opened().pool.query('update content set metadata = default');
    expect((await store().article('a'))?.article?.metadata).toEqual(NO_METADATA);
  });
}
