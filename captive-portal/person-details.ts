// What a person may tell of themselves, as it is kept: parsed once, where it is typed.

const LONGEST_NAME = 80;
const LONGEST_EMAIL = 254;
/** No address is refused that mail really reaches: the link is what verifies it. */
const EMAIL = /^[^\s@"<>(),;:\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\.[a-z]{2,63}$/;

/** One line without control characters; null for what is no name. */
export const readName = (typed: string): string | null => {
  const name = typed.normalize("NFC").replaceAll(/\s+/g, " ").trim();
  return name === "" || name.length > LONGEST_NAME || /\p{C}/u.test(name) ? null : name;
};

/** Lower case (design section 4); null for what is no address. */
export const readEmail = (typed: string): string | null => {
  const email = typed.normalize("NFC").trim().toLowerCase();
  return email.length <= LONGEST_EMAIL && EMAIL.test(email) && !email.includes("..") ? email : null;
};
