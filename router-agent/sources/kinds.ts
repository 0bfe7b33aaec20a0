// The closed list of source kinds and their options. `docs/sources.md` and the agent's help are made from it,
// so an option exists here or nowhere.
import type { StationSource } from "../station.ts";
import type { Options, OptionValues } from "./options.ts";
import {
  clientTables,
  optionalNumber,
  optionalText,
  requiredText,
  seconds,
  text,
  wholeNumber,
} from "./options.ts";

export type SourceKind = StationSource["name"];

interface Kind {
  doc: string;
  /** The option that the part after the colon of a spec's text sets. */
  target: string | undefined;
  options: Options;
}

const CONFIRM =
  "Seconds between two readings of the complete station list, which confirm who is still there.";

export const KINDS = {
  hostapd: {
    doc: "Events and station list of one hostapd interface, through hostapd_cli.",
    target: "interface",
    options: {
      interface: requiredText("Name of the access point's interface, as in hostapd's control folder."),
      dir: text("/var/run/hostapd", "Folder of hostapd's control sockets."),
      command: text("hostapd_cli", "The hostapd_cli to run."),
      action: text(
        "/bin/echo",
        "Program that hostapd_cli runs for each event; it must print its arguments as one line.",
      ),
      confirmSeconds: seconds(60, 5, CONFIRM),
    },
  },
  ubus: {
    doc: "Events and client lists of every hostapd object on OpenWrt's ubus.",
    target: "objects",
    options: {
      objects: text("hostapd.*", "Pattern of the ubus objects to follow."),
      command: text("ubus", "The ubus client to run."),
      confirmSeconds: seconds(60, 5, CONFIRM),
    },
  },
  iw: {
    doc: "Kernel events and station dump of one wireless interface in access point mode.",
    target: "interface",
    options: {
      interface: requiredText("Name of the wireless interface."),
      command: text("iw", "The iw to run."),
      confirmSeconds: seconds(60, 5, CONFIRM),
    },
  },
  radius: {
    doc: "RADIUS accounting server (RFC 2866) for access points and controllers.",
    target: "listen",
    options: {
      listen: text("0.0.0.0:1813", "Address and port to listen on; IPv6 as [::]:1813."),
      clients: clientTables(
        "Which access points may report: an address or CIDR range each, with its shared secret; the narrowest range wins.",
      ),
      secret: optionalText("Shared secret of every address that no entry of `clients` covers."),
      secretFile: optionalText(
        "File whose first line is that shared secret, to keep it out of the process list.",
      ),
      receiveBufferBytes: wholeNumber(1_048_576, 65_536, 67_108_864, "Kernel receive buffer asked for."),
    },
  },
  opennds: {
    doc: "Client list of an openNDS gateway on this machine, through ndsctl.",
    target: undefined,
    options: {
      command: text("ndsctl", "The ndsctl to run."),
      pollSeconds: seconds(
        15,
        15,
        "Seconds between two readings; openNDS does not stand more than four a minute.",
      ),
    },
  },
  neighbour: {
    doc: "The kernel's neighbour table of one interface; the weakest source, for any Linux gateway.",
    target: "interface",
    options: {
      interface: requiredText("Interface towards the shoppers, such as br-lan."),
      command: text("ip", "The ip (iproute2) to run."),
      pollSeconds: seconds(
        15,
        1,
        "Seconds between two readings; an entry is REACHABLE for 15 to 45 s after traffic.",
      ),
    },
  },
  replay: {
    doc: "A file of recorded station events with their own times, one JSON object a line.",
    target: "file",
    options: {
      file: requiredText("The file to read."),
      speed: optionalNumber(
        0.001,
        1e9,
        "How many times faster than recorded; as fast as possible when absent.",
      ),
    },
  },
} as const satisfies Record<SourceKind, Kind>;

/** One source as configured; `label` names it in status and logs and holds no secret. */
export type SourceSpec = {
  [K in SourceKind]: { kind: K; label: string; options: OptionValues<(typeof KINDS)[K]["options"]> };
}[SourceKind];

export const isSourceKind = (name: string): name is SourceKind => Object.hasOwn(KINDS, name);

/** The table above without its exact types, for code that walks over all kinds. */
export const kindOf = (kind: SourceKind): Kind => KINDS[kind];
