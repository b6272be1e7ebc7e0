export { type Config, type ConfigReading, readConfig, SETTINGS } from './config.ts';
export { createEvents, type Events, type SweepFacts } from './events.ts';
export type { LogLevel } from './logger.ts';
export type { TimedStage } from './metrics.ts';
export { type Engines, openEngines } from './open.ts';
export { type ProcessContext, type ProcessOptions, runProcess } from './process.ts';
export type { Setting, TestHost } from './setting.ts';
export type { Part } from './shutdown.ts';
export { sweepLedger } from './sweep.ts';
