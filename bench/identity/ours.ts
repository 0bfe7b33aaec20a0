// Ours: the resolver of the Worker itself, told the same facts as everybody. Keys are made as in production, so that no
// order of keys could favour anybody, and blocked are no more values than others' documentation tells to block.

import { createHmac } from "node:crypto";
import type { SubjectKey } from "../../schema/ids.ts";
import type { Evidence as Fact, Node } from "../../worker/core/identity/facts.ts";
import { type IdentityNode, nodeMessage } from "../../worker/core/identity/node-key.ts";
import { resolve } from "../../worker/core/identity/resolve.ts";
import type { Rules } from "../../worker/core/identity/rules.ts";
import { keyOf } from "./evidence.ts";
import type { Resolver } from "./resolver.ts";

const KEY = Buffer.alloc(32, "bench");

const subjectOf = (node: IdentityNode): SubjectKey =>
  createHmac("sha256", KEY)
    .update(nodeMessage(node))
    .digest()
    .subarray(0, 16)
    .toString("base64url") as SubjectKey;

export const ours =
  (rules: Rules): Resolver =>
  (evidence) => {
    const nodes = new Map<string, Node>();
    const nodeOf = (identifier: IdentityNode): Node => {
      const name = keyOf(identifier);
      const { realm, kind, value } = identifier;
      const blocked = /^[0-]*$/.test(value);
      const node = nodes.get(name) ?? {
        key: subjectOf(identifier),
        realm,
        kind,
        firstSeenAt: 0,
        generation: 0,
        blocked,
      };
      nodes.set(name, node);
      return node;
    };
    const facts = evidence.map(({ a, b, trust, source, messageId, observedAt }): Fact => {
      const [one, other] = [nodeOf(a), nodeOf(b)];
      // Only who allowed to link the realms is told of in both.
      const consentId = one.realm === other.realm ? null : `consent of ${one.key}`;
      const id = `${messageId} ${one.key} ${other.key}`;
      return { id, a: one.key, b: other.key, trust, source, observedAt, consentId, active: true };
    });
    const { components } = resolve({ nodes: [...nodes.values()], evidence: facts, statements: [] }, rules);
    const clusters = new Map<string, string>(
      components.flatMap(({ anchor, members }) => members.map((member) => [member, anchor])),
    );
    return new Map([...nodes].map(([name, { key }]) => [name, clusters.get(key) ?? key]));
  };
