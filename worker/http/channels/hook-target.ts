// Whose webhook it is by its address: the source, its connector and account, and its valid secrets, opened.

import { parseSourceId } from "../../../schema/ids.ts";
import type { SecretPurpose } from "../../../schema/sources.ts";
import { accountOf } from "../../connectors/account.ts";
import { connectors } from "../../connectors/all.ts";
import type { Account, Connector } from "../../connectors/connector.ts";
import { makeSeal } from "../../portal/seal.ts";
import type { Services } from "../../services.ts";
import { secretContext, validSecrets } from "../../store/source-secrets.ts";
import type { Source } from "../../store/sources.ts";

export interface HookTarget {
  readonly source: Source;
  readonly connector: Connector;
  readonly account: Account;
  /** At most two of each purpose; the oldest first. */
  readonly secretsOf: (purpose: SecretPurpose) => readonly string[];
}

export type HookTargetFound =
  | { readonly ok: true; readonly target: HookTarget }
  | { readonly ok: false; readonly reason: "unknown_source" | "not_set_up" };

export const findHookTarget = async (
  services: Services,
  connectorId: string,
  sourceId: string,
  now: number,
): Promise<HookTargetFound> => {
  const id = parseSourceId(sourceId);
  const connector = connectors.find((one) => one.id === connectorId);
  const source = id === null || connector === undefined ? null : await services.source(id);
  if (source === null || connector === undefined || source.config.connector !== connector.id)
    return { ok: false, reason: "unknown_source" };
  const account = accountOf(source, connector);
  if (account === null) return { ok: false, reason: "not_set_up" };
  const seal = makeSeal(services.settings.SEAL_KEYS);
  const opened = await Promise.all(
    (await validSecrets(services.db, source.id, now)).map(async (secret) => ({
      purpose: secret.purpose,
      text: await seal.open(secret.sealed, secretContext(secret.id)),
    })),
  );
  const secretsOf = (purpose: SecretPurpose): readonly string[] =>
    opened.filter((secret) => secret.purpose === purpose).map(({ text }) => text);
  return { ok: true, target: { source, connector, account, secretsOf } };
};
