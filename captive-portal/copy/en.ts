// English.

import type { Copy } from "./copy.ts";
import { counterEn } from "./counter-en.ts";
import { ownEn } from "./own-en.ts";
import { zaloEn } from "./zalo-en.ts";
import type { SentBy } from "../sent-by.ts";

const MINUTE = 60_000;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"}`;

export const en: Copy = {
  language: "en",
  otherLanguage: { code: "vi", name: "Tiếng Việt" },
  localMode: "Local mode: for trying out, not for real customers.",
  errorTitle: "Please check",
  errorPrefix: "Error",
  choose: {
    title: (branch) => `Free WiFi at ${branch}`,
    intro: "Sign in with your phone number and choose what you allow.",
    introGuest: "Or go online without signing in.",
    phone: "Phone number",
    phoneHint: "We send a 6-digit code to this number.",
    phoneExample: "For example 0912 345 679",
    adult: "I am 16 or older",
    legend: (brand) => `What may ${brand} do?`,
    legendHint: "Optional. A box left empty means no.",
    submit: "Send me a code",
    zalo: "Continue with Zalo",
    or: "or",
    guest: "Use WiFi without signing in",
    guestHint: "No phone number asked, no identity kept.",
  },
  phoneRefused: {
    empty: "Enter your phone number.",
    not_a_number: "A phone number has digits only, for example 0912 345 679.",
    filler: "Enter your own phone number to receive the code.",
    invalid: "This number is not right. Check each digit, for example 0912 345 679.",
    not_mobile: "This number cannot receive messages. Enter a mobile number.",
  },
  wordingChanged: "The consent texts have just changed. Please read them and choose again.",
  limited: (by, wait, or) =>
    ({
      phone: `A code was sent to this number already. Try again in ${wait}${or}.`,
      device: `This device has asked for many codes today. Try again in ${wait}${or}.`,
      branch: `Too many codes are being asked for just now. Try again in ${wait}${or}.`,
    })[by],
  senderRetry: (or) => `The code could not be sent just now. Try again in a few minutes${or}.`,
  senderRefused: (or) => `No code can be sent to this number. Check it${or}.`,
  orGuest: ", or use WiFi without signing in",
  ledgerRetry:
    "The code is right, but your choices could not be stored yet. Enter the same code again to go on.",
  wait: (ms) => {
    if (ms < MINUTE) return plural(Math.max(1, Math.ceil(ms / 1_000)), "second");
    if (ms < 60 * MINUTE) return plural(Math.ceil(ms / MINUTE), "minute");
    return plural(Math.ceil(ms / (60 * MINUTE)), "hour");
  },
  code: {
    title: "Enter the code",
    sent: (phone, by) => `We sent a 6-digit code ${way(by)} ${phone}.`,
    resumed: (phone, by) => `The code we sent ${way(by)} ${phone} before still works.`,
    valid: (minutes) => `It works for ${plural(minutes, "more minute")}.`,
    label: "6-digit code",
    submit: "Confirm and go online",
    localCode: "Local mode code",
    localInLog: "Local mode: the code is in the server's log.",
    missing: "No code yet?",
    lookInZalo: "Open the Zalo app to see the message. If it is not there, get the code by SMS.",
    bySms: "Send by SMS",
    smsFailed: (or) => `The SMS could not be sent. Use the code sent by Zalo${or}.`,
    again: "Send a new code",
    otherPhone: "Use another number",
    wrong: (left) => `That code is not right. You have ${plural(left, "attempt")} left.`,
    trouble: {
      malformed: "The code has exactly 6 digits.",
      expired: "The code has expired. Press “Send a new code” to get another.",
      used: "This code has been used. Press “Send a new code” to get another.",
      too_many: "The code was wrong 5 times and is void now. Press “Send a new code” to get another.",
      none: "No code is pending. Press “Send a new code” to get one.",
    },
  },
  back: {
    title: "Welcome back",
    text: "This device has signed in here before. Nothing about you is shown or changed.",
    submit: "Join the WiFi",
    other: "Sign in again or change your choices",
  },
  connect: {
    title: "Connecting",
    text: "The store's router is letting this device on. It takes a few seconds.",
    submit: "Join the WiFi",
    tapTitle: "One more step",
    tapText: "Tap “Join the WiFi” and the store's router lets this device on.",
    slowTitle: "The router has not answered yet",
    slowText: "Try again; if it still does not work, turn WiFi off and on, or ask the staff.",
    slowStored: "Your choices are stored.",
    retry: "Try again",
  },
  done: {
    title: "You are online",
    thanks: (brand) => `Thank you for visiting ${brand}.`,
    guestTitle: "You are online as a guest",
    guestText: "We neither asked for your identity nor keep it.",
    not16Text:
      "Unless you are 16 or older you use the WiFi without signing in. The number you typed was not kept.",
    not16Back: "I am 16 or older, go back",
    signIn: "Sign in with your phone number",
    mine: "My data: see, correct, erase",
    uncount: "Do not count this phone",
    uncounted: "This phone is not counted any more; it takes effect within a minute.",
    returnedTitle: "You are online again",
    returnedText: "To see or change your choices, sign in with a code.",
    goOn: "Continue",
    standing: "What you allow",
    standingNone: "You allow nothing so far. The WiFi works all the same.",
    since: (day) => `since ${day}`,
    withdraw: "Withdraw",
    withdrawn: (label) => `Withdrawn: ${label}. It takes effect at once.`,
    receipt: "See and print your consent receipt",
  },
  zalo: zaloEn,
  staff: {
    link: "For staff",
    title: "Phones of the staff",
    text: "Phones of the staff are not counted as visitors. Type the code that your manager has for this store.",
    code: "Staff code",
    submit: "Do not count this phone",
    done: "Done. This phone is not counted any more; it takes effect within a minute.",
    back: "Back to the WiFi page",
    refused: {
      unknown: "The code is not right. Check it, or ask your manager.",
      expired: "The code expired after 24 hours. Ask your manager for a new one.",
      no_device: "This phone was not recognised. Turn WiFi off and on and open this page again.",
    },
  },
  own: ownEn,
  counter: counterEn,
  receipt: {
    title: "Consent receipt",
    printHint: "Keep or print this page with your browser's print function.",
    place: "Place",
    person: "Phone number or account",
    proof: "Proof",
    proofText: {
      otp: (id) => `one-time code, message ${id}`,
      zalo: (id) => `sign-in with Zalo, ${id}`,
      request: (id) => `your request, number ${id}`,
    },
    number: "Receipt number",
    at: "Time",
    state: { granted: "Agreed", refused: "Not agreed", withdrawn: "Withdrawn" },
    toldSensitive: "Was told that this data is sensitive",
    wording: "Text that was shown",
    wordingHash: "SHA-256 of the text",
    hash: "SHA-256 of the record",
    signature: "Ed25519 signature",
    key: "Key",
    explain:
      "Each record holds the hash of the one before and is signed. Anybody with the public key can check that none was changed.",
  },
  notices: {
    unknown_gateway: {
      title: "This WiFi is not known",
      text: "The address belongs to no store. Turn WiFi off and on again to open the sign-in page, or ask the staff.",
    },
    session_gone: {
      title: "This page has expired",
      text: "It is kept for 2 hours only. Start again; if you still cannot get online, turn WiFi off and on.",
    },
    elsewhere: {
      title: "This page is done",
      text: "The sign-in that began here went on at another page. If you are not online, start again.",
    },
    own_gone: {
      title: "This page is closed",
      text: "The page with your data closes by itself after 30 minutes. Confirm again to open it.",
    },
    foreign_form: {
      title: "This form is not valid",
      text: "The request did not come from this page and was not carried out. Open the page again and retry.",
    },
    receipt_unknown: {
      title: "Receipt not found",
      text: "Check the address, or contact the store where you signed up.",
    },
    not_found: {
      title: "There is no such page",
      text: "Turn WiFi off and on again to open the sign-in page.",
    },
    unavailable: {
      title: "We are busy",
      text: "This step could not be finished. Wait a moment and try again.",
    },
  },
  startAgain: "Start again",
};

const way = (by: SentBy | null): string => {
  switch (by) {
    case "zalo":
      return "by Zalo to";
    case "sms":
      return "by SMS to";
    case "other":
    case null:
      return "to";
  }
};
