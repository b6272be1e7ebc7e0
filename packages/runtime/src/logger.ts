import { type DestinationStream, type Logger, pino } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

// A cause of a cause of a cause is enough to find a bug, and an error that is its own cause must end somewhere.
const CAUSES_MAX = 4;

/** The one logger of a process: JSON lines on standard error, because standard output belongs to the command line's results. */
export function createLogger(level: LogLevel, service: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}

interface ErrorFields {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFields;
}

/**
 * The fields of an error that may stand in a log. A list of what is allowed, because the errors of drivers carry the command that
 * failed with its arguments, and the first command of a connection is its password.
 */
export function describeError(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const fields: ErrorFields = { type: error.name, message: error.message };
  if ('code' in error && typeof error.code === 'string') fields.code = error.code;
  if (error.stack !== undefined) fields.stack = error.stack;
  if (error.cause !== undefined && depth < CAUSES_MAX) fields.cause = describeError(error.cause, depth + 1);
  return fields;
}
