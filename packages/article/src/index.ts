export type {
  Agency,
  Article,
  BoilerplateSpan,
  Card,
  Credit,
  CreditEvidence,
  CreditKind,
  Dateline,
  Paragraph,
  ParagraphForm,
  Published,
  Reading,
  Source,
  StubReason,
} from './article.ts';
export { articleIdOfText, articleIdOfUrl } from './article-id.ts';
export { comparisonText } from './boilerplate.ts';
export type { StructuredCredit } from './credit.ts';
export { type BlockReason, type ExplainedBlock, explainPage, type PageExplanation } from './explain-page.ts';
export { LANGUAGES } from './language.ts';
export {
  type Author,
  type Certainty,
  type Finding,
  type Mention,
  type Metadata,
  NO_METADATA,
  type Stated,
} from './metadata.ts';
export { decodePage, decodePieces, type PageKind, pageKind } from './page.ts';
export { linesOf, paragraphsIn } from './paragraph.ts';
export { parsePublished } from './published.ts';
export { type Page, readPage } from './read-page.ts';
export { readText, type TextInput } from './read-text.ts';
export { savedFrom } from './saved-page.ts';
export {
  type CellParagraph,
  columnsOf,
  type ListItem,
  type ListSection,
  type Section,
  sectionsOf,
} from './sections.ts';
export { isAgencySource, sourceOf, UNKNOWN_SOURCE_KEY } from './source.ts';
export { SPELLING_WORDS, type SpellingClaim, type SpellingSign, spellingClaims } from './spellings.ts';
export { type CanonicalUrl, canonicalUrl, URL_CHARS_MAX } from './url.ts';
