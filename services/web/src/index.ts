export type { ExplainAnswer, ExplainedArticle } from './explain.ts';
export type { Health, MonitorFigures, StageView } from './monitor.ts';
export { createPages, type PagesOptions, sendMessage } from './pages.ts';
