// Tells broken infrastructure, which passes by itself (503), from a bug, which does not (500): also where the error
// comes out of a Durable Object, whose own mistakes are marked `remote` like its failures.

/** Messages of the platform: errors that crossed a call may have lost their properties. */
const PLATFORM =
  /network connection lost|durable object (is overloaded|storage|reset)|cannot resolve durable object|internal error|SQLITE_(FULL|IOERR|BUSY|NOMEM)/i;

/** The database's word, except where it only refuses what it was asked to write. */
const isDatabase = (text: string): boolean =>
  /\bD1_(EXEC_)?ERROR\b/.test(text) && !/SQLITE_(CONSTRAINT|MISMATCH)/.test(text);

/** What workerd sets on errors of calls to an object. */
type PlatformError = Error & { retryable?: unknown; overloaded?: unknown; durableObjectReset?: unknown };

export const isUnavailable = (error: Error): boolean => {
  const { retryable, overloaded, durableObjectReset } = error as PlatformError;
  if (retryable === true || overloaded === true || durableObjectReset === true) return true;
  if (PLATFORM.test(error.message) || isDatabase(error.message)) return true;
  // Only the database's driver says so; what it was is in the cause, if that came along.
  if (error.message.startsWith("Failed query") && !(error.cause instanceof Error)) return true;
  return error.cause instanceof Error && isUnavailable(error.cause);
};
