// The version that the agent reports and prints. The bundle has it from package.json; a run from source is "dev".

declare const QUEN_AGENT_VERSION: string | undefined;

export const VERSION: string = typeof QUEN_AGENT_VERSION === "string" ? QUEN_AGENT_VERSION : "0.0.0-dev";
