// A controller's certificate as its owner pinned it: `sha256:` and the fingerprint of the certificate itself, with or
// without colons, as browsers and `openssl x509 -fingerprint -sha256` show it.

const PIN = /^sha256:[0-9a-f]{64}$/;

/** The fingerprint as 64 lower-case hex digits, or null. */
export const parsePin = (text: string): string | null => {
  const plain = `${text.slice(0, 7)}${text.slice(7).replaceAll(":", "")}`.toLowerCase();
  return PIN.test(plain) ? plain.slice(7) : null;
};

/** `fingerprint` as Node gives it: `AB:CD:…`. */
export const isPinned = (pin: string, fingerprint: string | undefined): boolean =>
  fingerprint !== undefined && fingerprint.replaceAll(":", "").toLowerCase() === pin;
