import { type Metadata, NO_METADATA } from '@wirefold/article';

/** What the page of the sample article says beside its text. */
export const METADATA: Metadata = {
  ...NO_METADATA,
  authors: [
    {
      name: 'Tobias Renn',
      isOrganization: false,
      certainty: 'confirmed',
      from: { place: 'structured-data', field: 'author', text: 'Tobias Renn' },
    },
  ],
  modified: {
    value: { at: '2026-03-11T08:30:00.000Z', uncertaintyMs: 3_600_000, evidence: 'Updated 1 hour ago' },
    certainty: 'shown',
    from: { place: 'text', field: 'modified', text: 'Updated 1 hour ago' },
  },
  section: {
    value: 'Islands',
    certainty: 'declared',
    from: { place: 'meta', field: 'article:section', text: 'Islands' },
  },
};
