// radclient, the load tool of FreeRADIUS: sends accounting of many stations and counts replies that did not come.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "./lab.ts";
import { said } from "./said.ts";

export interface RadiusPacket {
  status: "Start" | "Interim-Update" | "Stop";
  mac: string;
}

export interface LoadResult {
  approved: number;
  lost: number;
  seconds: number;
}

const textOf = ({ status, mac }: RadiusPacket): string =>
  [
    `Acct-Status-Type = ${status}`,
    `Acct-Session-Id = "s-${mac.replaceAll(":", "")}"`,
    `Calling-Station-Id = "${mac.replaceAll(":", "-").toUpperCase()}"`,
    'Called-Station-Id = "02-AA-BB-CC-DD-EE:Quen Store"',
    'NAS-Identifier = "lab-ap"',
    "",
  ].join("\n");

const count = (text: string, what: RegExp): number => Number(what.exec(text)?.[1] ?? Number.NaN);

/** radclient's own bookkeeping grows with the square of its file. */
const AT_ONCE = 1_000;

export const sendLoad = async (
  lab: Lab,
  target: { port: number; secret: string },
  packets: readonly RadiusPacket[],
  options: { inFlight?: number; retries?: number } = {},
): Promise<LoadResult> => {
  const { inFlight = 64, retries = 3 } = options;
  const result: LoadResult = { approved: 0, lost: 0, seconds: 0 };
  const begun = performance.now();
  const args = ["-q", "-s", "-p", `${inFlight}`, "-r", `${retries}`, "-t", "3"];
  const file = join(lab.folder, `radclient-${target.port}.txt`);
  for (let at = 0; at < packets.length; at += AT_ONCE) {
    writeFileSync(
      file,
      packets
        .slice(at, at + AT_ONCE)
        .map(textOf)
        .join("\n"),
    );
    const command = ["radclient", ...args, "-f", file, `127.0.0.1:${target.port}`, "acct", target.secret];
    // In order: no station may stop before it has started. Lost replies make radclient end with 1.
    const text = await said(["sh", "-c", '"$@" 2>&1; true', "sh", ...command]);
    const [approved, lost] = [
      count(text, /(?:approved|accepted)\s*:\s*(\d+)/i),
      count(text, /lost\s*:\s*(\d+)/i),
    ];
    if (Number.isNaN(approved) || Number.isNaN(lost)) throw new Error(`radclient did not count: ${text}`);
    result.approved += approved;
    result.lost += lost;
  }
  result.seconds = (performance.now() - begun) / 1000;
  return result;
};
