import { SAMPLE_GATEWAY } from "./sample.ts";
import { accessContract } from "./access-contract.ts";
import { memoryAccess } from "./memory-access.ts";

const access = memoryAccess();

accessContract("Memory", {
  gatewayId: SAMPLE_GATEWAY.id,
  branchId: SAMPLE_GATEWAY.branchId,
  access: () => access,
  agentAnswers: async (answer) => access.agentAnswers(answer),
});
