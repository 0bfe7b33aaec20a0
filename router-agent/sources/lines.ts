// Cuts a stream of text into lines. A line longer than the bound is dropped whole rather than kept in memory.

const MAX_LINE_CHARS = 65_536;

export const splitLines = (onLine: (line: string) => void): { push(text: string): void; end(): void } => {
  let rest = "";
  let skipping = false;
  const finish = (line: string): void => {
    if (!skipping) onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    skipping = false;
  };
  return {
    push(text) {
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        finish(rest + text.slice(from, at));
        rest = "";
        from = at + 1;
      }
      rest += text.slice(from);
      if (rest.length > MAX_LINE_CHARS) {
        rest = "";
        skipping = true;
      }
    },
    end() {
      if (rest !== "") finish(rest);
      rest = "";
    },
  };
};
