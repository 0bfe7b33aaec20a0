// How far an import is, on standard error: one line that is written again on a terminal, a line each five seconds
// elsewhere.

export interface HowFar {
  readonly bytes: number;
  readonly rows: number;
  readonly rejected: number;
}

export interface Progress {
  show(state: HowFar): void;
  say(text: string): void;
  end(): void;
}

export interface ProgressPorts {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  readonly now: () => number;
}

const EVERY_MS = { terminal: 200, lines: 5_000 };
const CLEAR = "\r\u001b[2K";

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

const howFarText = (what: string, { bytes, rows, rejected }: HowFar, total: number, ms: number): string => {
  const share = total === 0 ? 100 : Math.floor((bytes / total) * 100);
  const speed = ms <= 0 ? 0 : Math.round(rows / (ms / 1_000));
  return `${what}: ${share} % (${megabytes(bytes)} of ${megabytes(total)} MB), ${rows} rows, ${speed} rows/s, ${rejected} rejected`;
};

export const makeProgress = (
  what: string,
  totalBytes: number,
  { isTerminal, write, now }: ProgressPorts,
): Progress => {
  const started = now();
  let shown = started;
  return {
    show(state) {
      if (now() - shown < (isTerminal ? EVERY_MS.terminal : EVERY_MS.lines)) return;
      shown = now();
      const text = howFarText(what, state, totalBytes, now() - started);
      write(isTerminal ? `${CLEAR}${text}` : `${text}\n`);
    },
    say: (text) => write(isTerminal ? `${CLEAR}${text}\n` : `${text}\n`),
    end() {
      if (isTerminal) write(CLEAR);
    },
  };
};
