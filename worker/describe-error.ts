// What may be logged of an error. drizzle puts a statement's parameters into its message, and those can be values
// of people; its cause says what went wrong without them.

export const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return "Something that is not an error was thrown";
  if (error.message.startsWith("Failed query")) {
    return error.cause instanceof Error ? `Failed query: ${error.cause.message}` : "Failed query";
  }
  return `${error.name}: ${error.message}`;
};
