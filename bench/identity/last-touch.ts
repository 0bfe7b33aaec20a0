// Last writer wins: an identifier belongs to the last customer it was seen with. A re-implementation of Snowplow's user
// mapping (dbt-snowplow-unified, models/user_mapping: last_value(user_id) over each user_identifier) and of Jitsu's user
// recognition (libs/core-functions, user-recognition.ts), which both look one hop far. They know one kind of user id;
// here the stronger identifier of a message stands for it, which is kinder to them than the real thing.

import type { IdentityNode } from "../../worker/core/identity/node-key.ts";
import { keyOf } from "./evidence.ts";
import type { Resolver } from "./resolver.ts";

/** What may stand for a user id, strongest first; a phone only for what is weaker still. */
const STRENGTH = ["customer", "zalo_app", "zalo_oa", "email", "phone", "anonymous"];
const weakness = ({ kind }: IdentityNode): number => STRENGTH.indexOf(kind.split(":")[0] ?? "");

/** `one`: as documented. `all`: from user id to user id to the end, which no product documents but a table could do. */
export const lastTouch =
  (hops: "one" | "all"): Resolver =>
  (evidence) => {
    const users = new Map<string, string>();
    for (const { a, b } of evidence) {
      const [user, identifier] = weakness(a) <= weakness(b) ? [keyOf(a), keyOf(b)] : [keyOf(b), keyOf(a)];
      if (!users.has(user)) users.set(user, user);
      users.set(identifier, user);
    }
    const userOf = (key: string): string => {
      const passed = new Set<string>();
      let at = key;
      for (let up = users.get(at) ?? at; up !== at && !passed.has(up); up = users.get(at) ?? at) {
        passed.add(at);
        at = up;
        if (hops === "one") break;
      }
      return at;
    };
    return new Map([...users.keys()].map((key) => [key, userOf(key)]));
  };
