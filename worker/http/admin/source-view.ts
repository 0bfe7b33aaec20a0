// A source as operators see it, with what it lacks before it can tell anything.

import type { z } from "zod";
import type { SecretPurpose } from "../../../schema/sources.ts";
import type { SourceView } from "../../../schema/wire/channels.ts";
import { connectors } from "../../connectors/all.ts";
import type { Source } from "../../store/sources.ts";

/** `held`: the purposes that it has a valid secret for. */
export const sourceView = (
  source: Source,
  held: ReadonlySet<SecretPurpose> = new Set(),
): z.infer<typeof SourceView> => {
  const connector = connectors.find(({ id }) => id === source.config.connector);
  return {
    ...source,
    createdAt: new Date(source.createdAt).toISOString(),
    revokedAt: source.revokedAt === null ? null : new Date(source.revokedAt).toISOString(),
    lacks: source.revokedAt === null ? (connector?.secrets ?? []).filter((one) => !held.has(one)) : [],
  };
};
