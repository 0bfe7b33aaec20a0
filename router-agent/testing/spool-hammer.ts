// A process that spools, cuts and acknowledges on a real disk as fast as it can and says each step after it is
// done, until it is killed. What it said must hold for whoever opens the spool next.

import { createHash, randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import { realDisk } from "../spool/disk.ts";
import { Spool } from "../spool/spool.ts";
import { cut, numbersIn, observation } from "./spooling.ts";

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const say = (words: string): void => void writeSync(1, `${words}\n`);

const hammer = (folder: string, first: number): never => {
  const spool = new Spool({
    disk: realDisk,
    folder,
    boot: "wall",
    run: randomUUID(),
    maxBytes: 1e9,
    segmentBytes: 8_192,
  });
  let next = first;
  for (;;) {
    for (let count = 0; count < 25; count += 1) {
      spool.append(observation(next));
      next += 1;
    }
    spool.flush();
    say(`durable ${next}`);
    const batch = cut(spool, { maxObservations: 20 });
    const numbers = numbersIn(batch).join(",");
    say(`cut ${numbers} ${hashOf(batch?.body ?? "")}`);
    if (next % 3 === 0) continue;
    spool.acknowledge();
    say(`acknowledged ${numbers}`);
  }
};

const [folder, first] = process.argv.slice(2);
if (import.meta.main && folder !== undefined) hammer(folder, Number(first));
