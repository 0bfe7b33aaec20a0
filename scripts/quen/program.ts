// The CLI as one commander program over a given connection and printer; `main.ts` runs it.

import { Command } from "commander";
import { type Client, createClient } from "./client.ts";
import { type ConnectionFlags, type LocalState, connect } from "./connection.ts";
import type { Context } from "./context.ts";
import { agentCommand } from "./nouns/agent.ts";
import { branchCommand } from "./nouns/branch.ts";
import { breachCommand } from "./nouns/breach.ts";
import { consentCommand } from "./nouns/consent.ts";
import { countersCommand } from "./nouns/counters.ts";
import { deadCommand } from "./nouns/dead.ts";
import { doctorCommand } from "./nouns/doctor.ts";
import { erasuresCommand } from "./nouns/erasures.ts";
import { gatewayCommand } from "./nouns/gateway.ts";
import { importCommand } from "./nouns/import.ts";
import { keyCommand } from "./nouns/key.ts";
import { profileCommand } from "./nouns/profile.ts";
import { requestCommand } from "./nouns/request.ts";
import { rulesCommand } from "./nouns/rules.ts";
import { settingsCommand } from "./nouns/settings.ts";
import { signInCommand } from "./nouns/sign-in.ts";
import { sourceCommand } from "./nouns/source.ts";
import { webhookCommand } from "./nouns/webhook.ts";
import { zaloCommand } from "./nouns/zalo.ts";

export interface Surroundings {
  env: Record<string, string | undefined>;
  local: LocalState | null;
  print: (text: string) => void;
  send?: typeof fetch;
}

const EXAMPLES = `
Examples:
  quen branch add "Quận 1" --id q1 --timezone Asia/Ho_Chi_Minh
  quen gateway add --kind opennds --branch q1 --address http://192.168.1.1:2050
  quen agent code q1
  quen key create marketing-report marketing:read
  quen profile lookup phone '0912 345 678'
  quen dead list --json

Address and token: --url and --token, then QUEN_URL and QUEN_ADMIN_TOKEN, then what npm start left in .quen/local.json.`;

export const createProgram = ({ env, local, print, send }: Surroundings): Command => {
  const program = new Command("quen")
    .description("operate a deployment of Quen over its HTTP API")
    .option("--url <address>", "address of the deployment")
    .option("--token <token>", "admin token or key")
    .option("--json", "print JSON")
    .showHelpAfterError()
    .addHelpText("after", EXAMPLES);
  const flags = () => program.opts<ConnectionFlags & { json?: boolean }>();
  let connected: Client | null = null;
  const context: Context = {
    client: () => {
      if (connected === null) {
        const result = connect(flags(), env, local);
        if (!result.ok) throw new Error(result.problem);
        connected = createClient(result.connection, send);
      }
      return connected;
    },
    show: (value, text) => print(flags().json === true ? JSON.stringify(value, null, 2) : text(value)),
  };
  const nouns = [
    branchCommand,
    gatewayCommand,
    agentCommand,
    keyCommand,
    profileCommand,
    rulesCommand,
    sourceCommand,
    importCommand,
    webhookCommand,
    signInCommand,
    deadCommand,
    settingsCommand,
    countersCommand,
    consentCommand,
    requestCommand,
    breachCommand,
    erasuresCommand,
    zaloCommand,
    doctorCommand,
  ];
  for (const noun of nouns) program.addCommand(noun(context));
  return program;
};
