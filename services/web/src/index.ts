export type { DiffAnswer, DiffedCopy } from './diff.ts';
export type { ExplainAnswer, ExplainedArticle } from './explain.ts';
export { agencyLabel } from './format.ts';
export { type Html, html, linkable, render } from './html.ts';
export type { Health, MonitorFigures, StageView } from './monitor.ts';
export { createPages, type PagesOptions, sendLogin, sendMessage, sendReference } from './pages.ts';
export type { Reference, ReferenceField, ReferenceOperation, Shape } from './reference.ts';
export { isSameSite } from './same-site.ts';
