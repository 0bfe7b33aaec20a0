// The counter's code in English.

import type { CounterCopy } from "./counter-copy.ts";

export const counterEn: CounterCopy = {
  title: "Code for the counter",
  offer: "Let the staff scan it to be served as a regular.",
  text: "Staff scan it to know you as a regular: your name, interests, recent visits and orders, as far as you allowed it. They see no e-mail and not your whole phone number.",
  show: "Show the code for the counter",
  valid: (time) => `Good for one use, for 2 minutes, until ${time}.`,
  picture: "QR code for the staff at the counter to scan",
  again: "Make a new code",
  over: "The code has expired. Make a new one when the staff are ready to scan.",
  limited:
    "You have just made many codes. Wait 2 minutes and try again, or tell the staff your phone number.",
  back: "Back",
};
