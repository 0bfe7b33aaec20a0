// Whether a text that would stand in the clear holds somebody's e-mail or phone number: a campaign's term that a mailing
// filled in, an event's name that a page made up.

const EMAIL = /[^\s@]@[^\s@]/;
/** As they are written in Vietnam, old and new, with or without gaps; and any other in its international form. */
const PHONE =
  /(?<!\d)(?:(?:(?:\+|00)?84|0)[ .-]?(?:[35789](?:[ .-]?\d){8}|[12](?:[ .-]?\d){9})(?!\d)|\+\d(?:[ .-]?\d){7,14}(?!\d))/;

/** As an address spells it; a text that is none stays. */
const spelledOut = (text: string): string =>
  text.replaceAll(/%(40|2b|20)/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

export const holdsContact = (text: string): boolean => {
  const plain = spelledOut(text);
  return EMAIL.test(plain) || PHONE.test(plain);
};
