// Whether the system says that its clock was set by NTP since it booted. Needed by a router that reboots before it
// ever reaches the server, so that what it saw is not lost as `no_clock`.

import { statSync } from "node:fs";

export const SYNCHRONISED_FILES = [
  // systemd-timesyncd touches it at each synchronisation; the folder is empty after a boot.
  "/run/systemd/timesync/synchronized",
  // The hotplug script in packaging/openwrt makes it when ntpd has set the clock; /var is memory on OpenWrt.
  "/var/run/quen-clock-synchronised",
];

export const isSynchronised = (files: readonly string[] = SYNCHRONISED_FILES): boolean =>
  files.some((file) => statSync(file, { throwIfNoEntry: false }) !== undefined);
