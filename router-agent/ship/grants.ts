// Answers the grants that come with replies. No gateway can be driven from here yet, and a grant that is not
// answered would be repeated for ever, so each is answered once a reply repeats it, honestly: not done.

import type { Grant, PresenceBatch } from "../../schema/wire/agents.ts";

type GrantResult = PresenceBatch["grantResults"][number];

/** More wait for a later batch; the server repeats what it has no result for. */
const MAX_RESULTS = 50;

export class GrantDesk {
  #results: GrantResult[] = [];

  receive(grants: readonly Grant[]): void {
    for (const { id } of grants) {
      if (this.#results.some((result) => result.id === id)) continue;
      this.#results.push({ id, ok: false, detail: "This agent drives no gateway." });
    }
  }

  results(): GrantResult[] {
    return this.#results.slice(0, MAX_RESULTS);
  }

  delivered(results: readonly { id: string }[]): void {
    const ids = new Set(results.map(({ id }) => id));
    this.#results = this.#results.filter(({ id }) => !ids.has(id));
  }
}
