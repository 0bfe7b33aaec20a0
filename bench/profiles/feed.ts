// A change feed of so many changes, and a reader that reads it to the end, page after page.

import type { LocalDatabase } from "../../scripts/runtime/types.ts";

const ROWS_A_STATEMENT = 20_000;
const PAGE = 1_000;

export const writeFeed = async (d1: LocalDatabase, changes: number): Promise<void> => {
  for (let from = 0; from < changes; from += ROWS_A_STATEMENT) {
    const to = Math.min(changes, from + ROWS_A_STATEMENT);
    await d1
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})
         INSERT INTO changes (type, profile_id, at) SELECT 'updated', 'prf_' || printf('%022d', i), ${Date.now()} FROM n`,
      )
      .all();
  }
};

interface Page {
  data: { seq: number }[];
  next: string;
  hasMore: boolean;
}

export const readFeed = async (
  url: string,
  key: string,
): Promise<{ changes: number; requests: number; ms: number }> => {
  const begun = performance.now();
  let [changes, requests, last] = [0, 0, 0];
  for (let query = `limit=${PAGE}`; query !== "";) {
    const headers = { authorization: `Bearer ${key}` };
    // The next page is named by the one before.
    const reply = await fetch(`${url}/v1/profiles/changes?${query}`, { headers });
    if (reply.status !== 200) throw new Error(`The feed answered ${reply.status}.`);
    const { data, next, hasMore }: Page = await reply.json();
    if (data.some(({ seq }, index) => seq <= (data[index - 1]?.seq ?? last)))
      throw new Error("The feed told changes out of order or twice.");
    last = data.at(-1)?.seq ?? last;
    changes += data.length;
    requests += 1;
    query = hasMore ? `limit=${PAGE}&cursor=${encodeURIComponent(next)}` : "";
  }
  return { changes, requests, ms: Math.round(performance.now() - begun) };
};
