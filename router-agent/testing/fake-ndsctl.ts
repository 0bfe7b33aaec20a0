// An executable in the place of ndsctl, with a client list in a file, its lock, and ways to be busy, slow or down. It
// keeps every call with its time.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFakeTool } from "../sources/testing/fake-tool.ts";

export interface FakeClient {
  rhid: string;
  mac: string;
  state: "Preauthenticated" | "Authenticated" | "AuthBlocked" | "Trusted";
  /** Epoch seconds; 0 without end. */
  endsAt?: number;
}

export interface FakeNdsctl {
  command: string;
  setClients(clients: FakeClient[]): void;
  clients(): FakeClient[];
  /** `preemptive`: a client that was ended is known again at once, as openNDS 10 does it. */
  set(name: "busy" | "slow" | "down" | "preemptive", value: string): void;
  /** The arguments of each call that got past the lock, and when it began. */
  calls(): { atMs: number; args: string }[];
}

const SCRIPT = String.raw`
began=$(date +%s%3N)
busy=$(cat $HERE/busy)
if [ "$busy" -gt 0 ]; then echo $((busy - 1)) > $HERE/busy; exit 4; fi
mkdir $HERE/lock 2>/dev/null || exit 4
trap 'rmdir $HERE/lock' EXIT
if [ -s $HERE/down ]; then echo "ndsctl: opennds probably not yet started (Error: No such file)" >&2; exit 3; fi
echo "$began $*" >> $HERE/calls
if [ -s $HERE/slow ]; then sleep $(cat $HERE/slow); fi
state=$(awk -v id="$2" '$1 == id || $2 == id { print $3 }' $HERE/clients)
case $1 in
auth)
  if [ "$state" != Preauthenticated ]; then echo "Failed to authenticate client $2."; exit 1; fi
  end=$(($(date +%s) + 60 * $3))
  awk -v id="$2" -v end=$end '$1 == id || $2 == id { $3 = "Authenticated"; $4 = end } { print }' $HERE/clients > $HERE/new
  mv $HERE/new $HERE/clients
  echo "Client $2 authenticated." ;;
deauth)
  if [ "$state" != Authenticated ]; then echo "Failed to deauthenticate client $2."; exit 1; fi
  awk -v id="$2" -v again="$(cat $HERE/preemptive)" '
    $1 != id && $2 != id { print; next }
    again != "" { print "-", $2, "Preauthenticated", 0 }' $HERE/clients > $HERE/new
  mv $HERE/new $HERE/clients
  echo "Client $2 deauthenticated." ;;
json)
  if [ \${#2} -gt 6 ]; then
    awk -v id="$2" '$1 == id || $2 == id {
      printf "{\"mac\":\"%s\",\"state\":\"%s\",\"session_end\":\"%s\"}", $2, $3, $4; found = 1 }
      END { if (!found) printf "{}" }' $HERE/clients
  else
    awk 'BEGIN { printf "{\"client_list_length\":\"1\",\"clients\":{" }
      { printf "%s\"%s\":{\"state\":\"%s\"}", (NR > 1 ? "," : ""), $2, $3 }
      END { printf "}}" }' $HERE/clients
  fi ;;
esac
`.replaceAll("\\${", "${");

export const makeFakeNdsctl = (clients: FakeClient[] = []): FakeNdsctl => {
  const { command, dir } = makeFakeTool(SCRIPT);
  const file = (name: string): string => join(dir, name);
  const lines = (name: string): string[] =>
    readFileSync(file(name), "utf8")
      .split("\n")
      .filter((line) => line !== "");
  const fake: FakeNdsctl = {
    command,
    setClients: (list) =>
      writeFileSync(
        file("clients"),
        list.map(({ rhid, mac, state, endsAt = 0 }) => `${rhid} ${mac} ${state} ${endsAt}\n`).join(""),
      ),
    clients: () =>
      lines("clients").map((line) => {
        const [rhid = "", mac = "", state = "", endsAt] = line.split(" ");
        return { rhid, mac, state: state as FakeClient["state"], endsAt: Number(endsAt) };
      }),
    set: (name, value) => writeFileSync(file(name), value),
    calls: () =>
      lines("calls").map((line) => {
        const space = line.indexOf(" ");
        return { atMs: Number(line.slice(0, space)), args: line.slice(space + 1) };
      }),
  };
  for (const [name, value] of [
    ["busy", "0"],
    ["slow", ""],
    ["down", ""],
    ["preemptive", ""],
    ["calls", ""],
  ] as const)
    writeFileSync(file(name), value);
  fake.setClients(clients);
  return fake;
};
