import { describe, expect, it } from 'vitest';
import { type CreditInput, creditOf, NO_STRUCTURED_CREDIT } from './credit.ts';

const URL = 'https://www.post.example/2031/ferries';

function credit(body: string, more: Partial<CreditInput> = {}) {
  const nothing = { byline: null, declaredCanonicalUrl: null, structured: NO_STRUCTURED_CREDIT };
  return creditOf({ body, url: URL, ...nothing, ...more });
}

describe('a declared original', () => {
  it('is a canonical link to an article of another site', () => {
    const found = credit('Ferries sail.', { declaredCanonicalUrl: 'https://apnews.com/article/ferries' });
    expect(found).toMatchObject({
      agency: { id: 'ap' },
      declaredOriginal: { url: 'https://apnews.com/article/ferries', name: 'Associated Press' },
      evidence: [{ kind: 'canonical-link' }],
    });
  });

  it.each([
    [URL],
    ['https://m.post.example/ferries'],
    ['https://apnews.com/'],
    ['not a url://'],
    ['javascript:alert(1)'],
  ])('takes the canonical link %s for no other original', (declaredCanonicalUrl) => {
    expect(credit('Ferries sail.', { declaredCanonicalUrl }).declaredOriginal).toBeNull();
  });

  it('is isBasedOn only where it names another site', () => {
    const structured = { ...NO_STRUCTURED_CREDIT, isBasedOn: 'https://www.tribune.example/ferries' };
    expect(credit('Ferries sail.', { structured }).declaredOriginal?.url).toBe('https://www.tribune.example/ferries');
    expect(credit('Ferries sail.', { structured: { ...structured, isBasedOn: URL } }).declaredOriginal).toBeNull();
  });

  it('is where the sentence that names it links', () => {
    const text = 'This story originally appeared in the Harbour Tribune.';
    const links = [{ text, href: 'https://www.tribune.example/ferries' }];
    expect(credit(`Ferries sail.\n\n${text}`, { links }).declaredOriginal).toEqual({
      url: 'https://www.tribune.example/ferries',
      name: 'Harbour Tribune',
    });
  });

  it('is no study, and no other domain of the same site', () => {
    const structured = { ...NO_STRUCTURED_CREDIT, isBasedOn: 'https://doi.org/10.1000/182' };
    expect(credit('Ferries sail.', { structured }).declaredOriginal).toBeNull();
    const declaredCanonicalUrl = 'https://blog.harbourtimes-cluster.example/a';
    expect(
      credit('Ferries sail.', { url: 'https://harbourtimes.test/a', declaredCanonicalUrl }).declaredOriginal,
    ).toBeNull();
  });

  it.each([
    [
      'This article was originally published on The Conversation and is republished under a licence.',
      'The Conversation',
      'conversation',
    ],
    ['This story was first published by ProPublica.', 'ProPublica', 'propublica'],
    ['This story originally appeared in the Harbour Tribune.', 'Harbour Tribune', undefined],
    ['Originally published at kffhealthnews.org.', 'kffhealthnews.org', 'kff'],
    ['The post Ferries sail again appeared first on Harbour Tribune.', 'Harbour Tribune', undefined],
    ['Dieser Artikel erschien zuerst bei Hafenblatt.', 'Hafenblatt', undefined],
    ['Este artículo fue publicado originalmente en The Conversation.', 'The Conversation', 'conversation'],
    ['Cet article est republié à partir de The Conversation sous licence.', 'The Conversation', 'conversation'],
  ])('reads %s', (sentence, name, id) => {
    const found = credit(`Ferries sail.\n\n${sentence}`);
    expect(found.declaredOriginal).toEqual({ url: null, name });
    expect(found.agency?.id).toBe(id);
  });

  it.each([
    ['It was first published on May 30, 2031.'],
    ['The story first appeared in 2019.'],
    ['This story was originally published on www.post.example.'],
    ['This article first appeared in print.'],
    ['The post Ferries sail again appeared first on The Post.'],
  ])('is not in %s', (sentence) => {
    expect(credit(sentence).declaredOriginal).toBeNull();
  });
});
