// `quen gateway`: what hands shoppers over to the portal, one or more a branch, and what to paste into each.

import { readFileSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import { FAS_LEVELS, GATEWAY_KINDS } from "../../../schema/gateways.ts";
import type { GatewayConfigView, GatewayView, NewGatewayView } from "../../../schema/wire/gateways.ts";
import { type Context, rowsAs } from "../context.ts";

type Gateway = z.infer<typeof GatewayView>;
type NewGateway = z.infer<typeof NewGatewayView>;
type GatewayConfig = z.infer<typeof GatewayConfigView>;

interface AddFlags {
  kind: string;
  branch: string;
  address: string[];
  level?: number;
  name?: string;
  gatewayName?: string;
  trustHandOff?: boolean;
  secretFile?: string;
  out?: string;
}

const EXAMPLES = `
Examples:
  quen gateway add --kind opennds --branch q1 --address http://192.168.1.1:2050
  quen gateway add --kind opennds --branch q1 --level 1 --address http://192.168.1.1:2050 --out opennds.txt
  quen gateway add --kind coovachilli --branch q1 --address http://192.168.182.1:3990
  quen gateway add --kind mikrotik --branch q1 --address http://192.168.88.1
  quen gateway add --kind wifidog --branch q1 --address http://192.168.1.1:2060 --gateway-name G1XX0000XX00000
  quen gateway add --kind aruba --branch q1 --address https://securelogin.arubanetworks.com
  quen gateway add --kind ruckus --branch q1 --address http://192.168.0.253:9997
  quen gateway add --kind unifi --branch q1
  quen gateway add --kind omada --branch q1
  quen gateway add --kind meraki --branch q1
  quen gateway add --kind link --branch q1 --name "Counter QR"

--address is where a shopper's browser is sent to be let on; no other address is ever followed.`;

const asTable = rowsAs<Gateway>(["id", "branch", "kind", "name", "address", "revoked"], (gateway) => [
  gateway.id,
  gateway.branchId,
  gateway.kind,
  gateway.name,
  gateway.url,
  gateway.revokedAt,
]);

const levelOf = (text: string): number => {
  const level = FAS_LEVELS.find((one) => String(one) === text);
  if (level === undefined) throw new InvalidArgumentError(`openNDS has the levels ${FAS_LEVELS.join(", ")}.`);
  return level;
};

const bodyOf = (flags: AddFlags) => ({
  kind: flags.kind,
  branchId: flags.branch,
  ...(flags.name === undefined ? {} : { name: flags.name }),
  ...(flags.address.length === 0 ? {} : { addresses: flags.address }),
  ...(flags.level === undefined ? {} : { level: flags.level }),
  ...(flags.gatewayName === undefined ? {} : { gatewayName: flags.gatewayName }),
  ...(flags.trustHandOff === true ? { trustsHandOff: true } : {}),
  ...(flags.secretFile === undefined ? {} : { secret: readFileSync(flags.secretFile, "utf8").trim() }),
});

/** It holds secrets, so nobody else on the machine may read it. */
const writeConfig = (path: string, config: string): string => {
  writeFileSync(path, config, { mode: 0o600 });
  return `What to paste into the gateway is in ${path}; it holds secrets.`;
};

const addCommand = (context: Context): Command =>
  new Command("add")
    .description("a new gateway; prints its id, its page and what to paste into it")
    .addOption(new Option("--kind <kind>", "whose gateway it is").choices(GATEWAY_KINDS).default("link"))
    .requiredOption("--branch <id>", "the branch it stands in")
    .option(
      "--address <origin>",
      "where a browser is sent to be let on; may be repeated",
      (one: string, all: string[]) => [...all, one],
      [] as string[],
    )
    .option("--level <n>", "openNDS's fas_secure_enabled: 4 if not given, 1 or 3", levelOf)
    .option("--name <name>", "how it is called in lists")
    .option("--gateway-name <name>", "what it calls itself: gatewayname, gw_id, NAS-Identifier, UniFi's site")
    .option(
      "--trust-hand-off",
      "believe the device a redirect names though nothing vouches for it (docs/threat-model.md)",
    )
    .option("--secret-file <file>", "a secret the gateway has already; else one is made")
    .option("--out <file>", "write what to paste into a file instead")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: AddFlags) => {
      const added = await context.client().post<NewGateway>("/v1/admin/gateways", bodyOf(flags));
      const rest = flags.out === undefined ? added.config : writeConfig(flags.out, added.config);
      context.show(added, ({ id, url }) => `${id}\n${url}\n\n${rest}`);
    });

export const gatewayCommand = (context: Context): Command => {
  const gateway = new Command("gateway").description("what hands shoppers over to the portal");
  gateway
    .command("list")
    .description("every gateway with the address its redirect goes to")
    .action(async () => context.show(await context.client().list<Gateway>("/v1/admin/gateways"), asTable));
  gateway.addCommand(addCommand(context));
  gateway
    .command("config <id>")
    .description("print again what to paste into a gateway, with its secrets; stands in the audit trail")
    .option("--out <file>", "write it into a file instead")
    .addHelpText("after", "\nExample:\n  quen gateway config gw_4k7m2q9x8r1t --out opennds.txt")
    .action(async (id: string, { out }: { out?: string }) => {
      const path = `/v1/admin/gateways/${encodeURIComponent(id)}/config`;
      const known = await context.client().get<GatewayConfig>(path);
      const text = out === undefined ? known.config : writeConfig(out, known.config);
      context.show(known, () => text);
    });
  gateway
    .command("revoke <id>")
    .description("its page serves nobody any more, within 10 s")
    .addHelpText("after", "\nExample:\n  quen gateway revoke gw_4k7m2q9x8r1t")
    .action(async (id: string) => {
      await context.client().remove(`/v1/admin/gateways/${encodeURIComponent(id)}`);
      context.show({ id, revoked: true }, () => `Gateway ${id} is revoked.`);
    });
  return gateway;
};
