// An openNDS gateway on this machine: `ndsctl json`, one call at a time and never more than one poll in 15 s, because
// openNDS holds one lock. A busy answer is retried; a daemon that is down is not ok, and asked again.
import type { SourceContext, StationSource } from "../station.ts";
import { readOutput } from "./child.ts";
import { parseNdsctl } from "./opennds-clients.ts";
import { readTraffic, trafficMemory } from "./opennds-traffic.ts";
import { pause } from "./pause.ts";

export interface OpenndsOptions {
  command: string;
  pollMs: number;
  /** Waits before the retries of one poll; ndsctl's calls can take 10 s when others use it. */
  retryMs?: readonly number[];
  /** Wall clock of this machine, the same that openNDS stamps `last_active` with. */
  now?: () => number;
}

const AP = "opennds";
const LIMITS = { timeoutMs: 30_000, maxChars: 4_000_000 };
const RETRY_MS = [1_000, 2_000, 4_000];

export const openndsSource = (options: OpenndsOptions): StationSource => ({
  name: "opennds",
  async run(context) {
    const memory = trafficMemory();
    do await poll(options, context, memory);
    while (await pause(options.pollMs, context.signal));
  },
});

const poll = async (
  options: OpenndsOptions,
  context: SourceContext,
  memory: ReturnType<typeof trafficMemory>,
): Promise<void> => {
  const { retryMs = RETRY_MS, now = Date.now } = options;
  for (const waitMs of [...retryMs, undefined]) {
    const program = { command: options.command, args: ["json"], signal: context.signal };
    const output = await readOutput(program, LIMITS);
    if (context.signal.aborted) return;
    const answer = parseNdsctl(output, now());
    switch (answer.kind) {
      case "stations": {
        for (const reason of answer.ignored) context.ignored(reason);
        const stations = memory(answer.stations, readTraffic(output.text));
        context.emit({ kind: "list", stations, ap: AP });
        return context.ok(`${answer.stations.length} clients`);
      }
      case "busy":
        context.ignored("busy");
        if (waitMs === undefined)
          return context.notOk("ndsctl is busy, again and again; asking less often helps");
        if (!(await pause(waitMs, context.signal))) return;
        break;
      case "down": {
        // Its helper scripts may have complained before ndsctl itself did.
        const words = /ndsctl: .*/.exec(output.errorTail)?.[0] ?? output.errorTail;
        return context.notOk(`openNDS does not answer (code ${output.code ?? "none"}) ${words}`.trimEnd());
      }
      case "unrecognised":
        context.ignored("unrecognised_answer");
        return context.notOk("ndsctl json printed no client list");
    }
  }
};
