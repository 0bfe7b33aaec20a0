// A /tmp of its own for the programs of one machine of the lab: openNDS and its helpers meet at fixed names there
// (socket, lock, leases), and two labs, or what a killed one left behind, must not meet as well.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Lab } from "./lab.ts";

/** openNDS has made base chains that the nft variant of iptables refuses to touch. */
const LEGACY = "/usr/sbin/xtables-legacy-multi";
const TOOLS = ["iptables", "iptables-save", "iptables-restore", "ip6tables", "ip6tables-save"];

/**
 * What to put before a command that runs in a namespace of its own (`ip netns exec` gives it a mount table of its own
 * too, so nothing of this is seen outside). The lab's folder stays where it is.
 */
export const privateTmp = (lab: Lab, name: string): readonly [string] => {
  const tmp = join(lab.folder, name, "tmp");
  const bin = join(lab.folder, name, "bin");
  mkdirSync(join(tmp, basename(lab.folder)), { recursive: true });
  mkdirSync(bin, { recursive: true });
  for (const tool of TOOLS) symlinkSync(LEGACY, join(bin, tool));
  const script = join(lab.folder, name, "run");
  writeFileSync(
    script,
    `#!/bin/sh
mount --bind '${lab.folder}' '${tmp}/${basename(lab.folder)}' && mount --rbind '${tmp}' /tmp || exit 1
PATH='${bin}':$PATH
exec "$@"
`,
  );
  chmodSync(script, 0o755);
  return [script];
};
