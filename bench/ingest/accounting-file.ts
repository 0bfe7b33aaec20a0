// Accounting packets for radclient: one session a station, as access points send them.

const macOf = (index: number): string =>
  `02-00-${[24, 16, 8, 0].map((shift) => ((index >>> shift) & 255).toString(16).padStart(2, "0")).join("-")}`;

export const accountingFile = (sessions: number, status: "Start" | "Interim-Update", round: number): string =>
  Array.from({ length: sessions }, (_, index) =>
    [
      `Acct-Status-Type = ${status}`,
      `Acct-Session-Id = "s${index}"`,
      `User-Name = "${macOf(index)}"`,
      `Calling-Station-Id = "${macOf(index)}"`,
      'Called-Station-Id = "02-AA-BB-CC-DD-EE:Quen Store"',
      "NAS-IP-Address = 127.0.0.1",
      'NAS-Identifier = "bench-ap"',
      `NAS-Port = ${index}`,
      "Framed-IP-Address = 10.0.0.1",
      `Acct-Session-Time = ${round * 30}`,
      `Acct-Input-Octets = ${round * 10_000}`,
      `Acct-Output-Octets = ${round * 50_000}`,
      "",
    ].join("\n"),
  ).join("\n");
