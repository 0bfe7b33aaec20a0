// How a benchmark tells its results: one JSON object a line on stdout. What is for people goes to stderr.

export interface Result {
  bench: string;
  [field: string]: unknown;
}

export const emit = (result: Result): void => void process.stdout.write(`${JSON.stringify(result)}\n`);

export const say = (line: string): void => void process.stderr.write(`${line}\n`);
