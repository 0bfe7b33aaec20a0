// `npm start`: Quen on this machine with three demo branches that have lived four weeks, or with `--empty` without
// them. Data stays in .quen/ and the next start goes on from there; Ctrl-C ends everything in order.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Listr } from "listr2";
import { farewell } from "./demo/farewell.ts";
import { journeyText, mixedPhones, onlineText } from "./demo/journey.ts";
import { keptApart, knownProfile, linkedPhones } from "./demo/known-profile.ts";
import { goOnInRealTime } from "./demo/real-time.ts";
import { demoReport } from "./demo/report.ts";
import { type Demo, runDemo } from "./demo/run-demo.ts";
import { BRANCHES } from "./demo/world/people.ts";
import { DAY_MS, localDayOf } from "./demo/world/rhythm.ts";
import { brandDays } from "./demo/world/world.ts";
import { type Client, createClient } from "./quen/client.ts";
import { portProblem, probePort } from "./runtime/port.ts";
import { startRuntime } from "./runtime/start.ts";
import type { Runtime } from "./runtime/types.ts";
import { localSecrets } from "./secrets/local-secrets.ts";
import { buildSteps } from "./steps/build-steps.ts";
import { ROOT } from "./steps/repository.ts";

const { values: flags } = parseArgs({ options: { empty: { type: "boolean", default: false } } });
const host = process.env["HOST"] ?? "127.0.0.1";
const port = Number(process.env["PORT"] ?? "8787");
const stateFolder = join(ROOT, ".quen");

interface Context {
  runtime: Runtime;
  client: Client;
  demo: Demo | null;
}

const stopping = new AbortController();
const stop = () => stopping.abort();
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

const build = async (): Promise<void> => {
  // Together: each is a process of its own, and there are two cores.
  const results = await Promise.all(
    buildSteps(ROOT).map(async (step) => ({ step, result: await step.run() })),
  );
  for (const { step, result } of results)
    if (!result.ok) throw new Error(`${step.name} could not be built.\n${result.output}`);
};

const tasks = new Listr<Context, "default", "verbose">(
  [
    { title: "Build the Worker, its pages and the agent", task: build },
    {
      title: "Start the Worker and migrate its database",
      task: async (context, task) => {
        mkdirSync(stateFolder, { recursive: true });
        const secrets = localSecrets(stateFolder);
        context.runtime = await startRuntime({
          root: ROOT,
          persist: join(stateFolder, "state"),
          host,
          port,
          vars: { ...secrets, QUEN_MODE: "local" },
        });
        const { url, applied } = context.runtime;
        const local = { url, adminToken: secrets.ADMIN_TOKEN };
        writeFileSync(join(stateFolder, "local.json"), `${JSON.stringify(local, null, 2)}\n`, {
          mode: 0o600,
        });
        context.client = createClient({ url, token: secrets.ADMIN_TOKEN });
        task.title = `The Worker listens on ${url} (local mode, ${applied.length} migrations applied)`;
      },
    },
    {
      title: "Live through what has passed since the last start",
      enabled: !flags.empty,
      task: async (context, task) => {
        let shownAt = 0;
        context.demo = await runDemo({
          root: ROOT,
          stateFolder,
          client: context.client,
          runtime: context.runtime,
          now: Date.now(),
          signal: stopping.signal,
          show: ({ day, days, events, signIns, orders, online }) => {
            // A terminal can take more, a log file should not have to.
            const every = process.stdout.isTTY ? 200 : 5_000;
            if (Date.now() - shownAt < every) return;
            shownAt = Date.now();
            task.output = `day ${day} of ${days}: ${events} station events, ${signIns} sign-ins at the portal, ${orders} orders, ${online} events online`;
          },
        });
        const { days, events, signIns, refused, orders, online } = context.demo.progress;
        const trouble = refused === 0 ? "" : `, ${refused} turned away`;
        task.title = `Lived through ${days} days: ${events} station events, ${signIns} sign-ins${trouble}, ${orders} orders, ${online} events online`;
      },
    },
  ],
  { concurrent: false, fallbackRenderer: "verbose", rendererOptions: { collapseSubtasks: false } },
);

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const someone = async (url: string, { state }: Demo) => {
  const days = [...brandDays(state.seed, state.firstDay, localDayOf(Date.now()))];
  const phones = linkedPhones(days);
  const crm = createClient({ url, token: state.crmKey });
  return {
    known: await knownProfile(crm, phones),
    journey: await journeyText(crm, mixedPhones(days, phones)),
  };
};

const show = async ({ runtime, client, demo }: Context): Promise<void> => {
  const signIn = await client.post<{ url: string }>("/v1/admin/sign-in", { also: ["counter", "privacy"] });
  const to = isoDay(localDayOf(Date.now()));
  const from = isoDay(demo?.state.firstDay ?? localDayOf(Date.now()));
  if (demo !== null) {
    const marketing = createClient({ url: runtime.url, token: demo.state.marketingKey });
    console.log(`\n${await demoReport(marketing, from, to)}`);
  }
  const { known, journey } =
    demo === null ? { known: null, journey: null } : await someone(runtime.url, demo);
  const apart = demo === null ? null : await keptApart(client);
  const online =
    demo === null
      ? null
      : await onlineText(createClient({ url: runtime.url, token: demo.state.marketingKey }), from, to);
  for (const text of [known?.text, apart, journey, online])
    if (text !== undefined && text !== null) console.log(`\n${text}`);
  const portalUrl = demo === null ? null : `${runtime.url}${demo.state.gateways.q1}`;
  const marketingKey = demo?.state.marketingKey ?? null;
  const crmKey = demo?.state.crmKey ?? null;
  console.log(
    `\n${farewell({ url: runtime.url, signInUrl: signIn.url, portalUrl, marketingKey, crmKey, known, from, to })}`,
  );
  console.log("\nRunning. Ctrl-C stops; the data stays in .quen/ for the next start.");
};

/** What a deployment's cron does. */
const CLEAN_UP_MS = 15 * 60_000;

const goOn = async ({ runtime, demo }: Context): Promise<void> => {
  const cleanUp = setInterval(() => {
    runtime.scheduled().catch((error: unknown) => console.error(`The clean-up failed: ${String(error)}`));
  }, CLEAN_UP_MS);
  cleanUp.unref();
  if (demo === null) {
    const stay = setInterval(() => undefined, 60_000);
    await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve, { once: true }));
    clearInterval(stay);
    return;
  }
  await goOnInRealTime({
    url: runtime.url,
    agents: demo.agents,
    gateways: demo.state.gateways,
    tillKey: demo.state.tillKey,
    online: demo.state,
    seed: demo.state.seed,
    firstDay: demo.state.firstDay,
    from: demo.state.until,
    now: Date.now,
    lived: demo.save,
    signal: stopping.signal,
  });
};

const run = async (): Promise<number> => {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error(`PORT must be a whole number from 1 to 65535, not "${process.env["PORT"]}".`);
    return 1;
  }
  const state = await probePort(host, port);
  if (state !== "free") {
    console.error(portProblem(state, host, port));
    return 1;
  }
  const context = { demo: null } as unknown as Context;
  let code = 0;
  try {
    await tasks.run(context);
    if (!stopping.signal.aborted) {
      await show(context);
      await goOn(context);
    }
  } catch (error) {
    if (!stopping.signal.aborted) {
      console.error(error instanceof Error ? error.message : String(error));
      code = 1;
    }
  }
  const { demo, runtime } = context as Partial<Context>;
  if (demo) await Promise.all(BRANCHES.map(({ id }) => demo.agents[id].stop()));
  await runtime?.stop();
  return code;
};

process.exitCode = await run();
