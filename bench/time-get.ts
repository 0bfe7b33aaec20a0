// How long one caller waits for an answer.

const RUNS = 9;

/** Each run has the answer made anew; the first, which warms the isolate and the page cache, is not counted. */
export const timeGet = async (url: string, token: string) => {
  const times: number[] = [];
  let replyBytes = 0;
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    // One after the other: the latency of one caller is asked.
    const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    replyBytes = (await reply.arrayBuffer()).byteLength;
    if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}.`);
    if (run > 0) times.push(performance.now() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
  return { medianMs: at(0.5), p95Ms: at(0.95), replyBytes };
};
