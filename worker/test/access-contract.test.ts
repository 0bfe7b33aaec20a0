// The real grants, over the access object and an agent on its stream, keep the same contract as those in memory.

import { accessContract } from "../../captive-portal/testing/access-contract.ts";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import { access, openStream, type TestStream, until } from "./access.ts";
import { enrol, makeBranch } from "./agent.ts";

await makeBranch("grants");
const agent = await enrol("grants");
let stream: TestStream | null = null;

accessContract("The Worker", {
  gatewayId: "gw_contract00" as GatewayId,
  branchId: "grants" as BranchId,
  access,
  agentAnswers: async (answer) => {
    stream?.socket.close();
    if (stream !== null) await until(stream.closed);
    stream = answer === null ? null : await openStream(agent, answer === "online");
  },
});
