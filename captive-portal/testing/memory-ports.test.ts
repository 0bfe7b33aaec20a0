import { portsContract } from "../ports-contract.ts";
import { memoryPorts } from "./memory-ports.ts";
import { SAMPLE_GATEWAY } from "./sample.ts";

const ports = memoryPorts([SAMPLE_GATEWAY]);

portsContract("The ports in memory", {
  gateway: SAMPLE_GATEWAY,
  make: async () => ports,
  recognises: async (device) => ports.devicesSignedIn().includes(device),
  now: Date.UTC(2026, 10, 2, 3),
});
