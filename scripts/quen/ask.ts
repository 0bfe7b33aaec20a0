// Asks on the terminal before something that cannot be undone.

import { createInterface } from "node:readline/promises";

/** Whether exactly `word` was typed. Without a terminal nobody can be asked, and that is an error. */
export const typed = async (question: string, word: string): Promise<boolean> => {
  if (!process.stdin.isTTY) throw new Error("Nobody can be asked here: give --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim() === word;
  } finally {
    terminal.close();
  }
};
