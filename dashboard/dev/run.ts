// `node dashboard/dev/run.ts [port]`: the dashboard with made-up data, for working on the pages.
import { ASSETS, loadDevServer } from "./load.ts";
import { openapiSample } from "./openapi-sample.ts";

const { startDevServer } = await loadDevServer();
const { port } = await startDevServer(Number(process.argv[2] ?? 8790), ASSETS, openapiSample, () =>
  Date.now(),
);
console.log(
  `Dashboard: http://127.0.0.1:${port}/dashboard/sign-in?token=dev\nAPI docs: http://127.0.0.1:${port}/docs`,
);
