// Tells a database that refuses what it was given from one that is down, locked, overloaded or not migrated: the
// first repeats itself for as long as one tries, the second passes. D1 says which only in the words of its error.

const OWN = /SQLITE_(CONSTRAINT|TOOBIG|MISMATCH)|D1_TYPE_ERROR|constraint failed|too big|datatype mismatch/;

/** Whether the error is about the values themselves; anything not known to be is the database's. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && (OWN.test(error.message) || isRefusal(error.cause));
