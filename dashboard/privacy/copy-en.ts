// The data protection officer's pages in English.

import type { PrivacyCopy } from "./copy.ts";
import { noticesOfEn } from "./notices-en.ts";

const COMMAND = "npm run quen --";
const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

export const privacyEn: PrivacyCopy = {
  language: "en",
  other: { code: "vi", name: "Tiếng Việt" },
  title: "Requests about personal data",
  localMode: "Local mode: trial data, not for a real store.",
  skip: "Skip to the content",
  nav: { label: "Quen", board: "Visits and regulars", signOut: "Sign out" },
  kinds: {
    view: "See the data about them",
    copy: "Get a copy of the data",
    correct: "Correct wrong data",
    withdraw: "Withdraw every consent",
    object: "Object to marketing",
    restrict: "Restrict the use of the data",
    erase: "Erase the data",
    other: "Another request",
  },
  origins: {
    me: "Written by the customer on their own page",
    operator: "Written down by staff for the customer",
    channel: "Came through another channel",
  },
  askedBy: {
    in_person: "In person, in the store",
    phone: "By phone",
    email: "By e-mail",
    letter: "By letter",
    channel: "By Zalo or another messenger, or on their own page",
  },
  distance: ({ kind, days }) => {
    switch (kind) {
      case "late":
        return `${many(days, "day", "days")} overdue`;
      case "today":
        return "Due today";
      case "tomorrow":
        return "Due tomorrow";
      case "later":
        return `${days} days left`;
    }
  },
  list: {
    title: "Requests about personal data",
    counts: (open, late) =>
      `${many(open, "request is", "requests are")} open, ${late === 0 ? "none" : late} overdue.`,
    none: "No request is open.",
    filter: "Filter requests",
    open: "Open",
    closed: "Closed",
    new: "Write down a new request",
    request: "What is asked",
    received: "Received",
    replyDue: "Reply",
    due: "Done",
    replied: "Replied",
    closedAt: "Closed",
    outcome: "Outcome",
    outcomes: { done: "Carried out", refused: "Refused" },
    first: "To the first page",
    next: "Next page",
    pages: "Pages",
    empty: {
      open: {
        title: "No request is waiting",
        text: "What customers write on their own page (/me) and what you write down for them will appear here, the one due soonest first. What customers do themselves on /me goes straight to the closed ones.",
      },
      closed: {
        title: "No request has been closed yet",
        text: "Requests that were carried out or refused will appear here with their proof, the newest first.",
      },
    },
  },
  one: {
    back: "All requests",
    id: "Request",
    origin: "Source",
    profile: "Profile",
    noProfile: "None (nothing is held about this person, or it was erased)",
    note: "In the person's words",
    noNote: "The person wrote nothing more.",
    wordsGone: "The person's words were removed when the request was closed.",
    answerTo: "Answer to",
    logged: "This view stands in the access log.",
    history: "History",
    events: {
      received: "Request received",
      replied: "The person was replied to",
      extended: "Extended",
      done: "Closed: carried out",
      refused: "Closed: refused",
      lifted: "Restriction ended",
    },
    by: (actor) => `by ${actor}`,
    owed: (day) => `due ${day}`,
    dates: "Due dates",
    extended: "extended",
    howTo: "How to do it",
    how: {
      view: "Make sure that it is this person, then show them the profile:",
      copy: "Make sure that it is this person, then send them what the profile holds:",
      correct: "Correct it where it was entered (till, order, /me). To see where data came from:",
      withdraw: "Closing the request withdraws every consent of this person.",
      object: "Closing the request withdraws every consent to marketing.",
      restrict: "Closing the request keeps the data and stops its use, until you end the restriction.",
      erase:
        "Make sure that it is this person, then erase the profile with the form below: that closes the request too. The whole profile goes, so look at it first: if it holds a number or code of somebody else (a number that changed owners, a shared customer code), put that apart before you erase.",
      other: "Do what is needed, reply to the person, then close with a proof.",
    },
    command: (kind, id) => {
      if (kind === "correct") return `${COMMAND} profile explain ${id} --evidence`;
      return kind === "view" || kind === "copy" || kind === "erase" ? `${COMMAND} profile show ${id}` : null;
    },
    print: "Print this page (Ctrl+P) to keep it as evidence: the print has no forms.",
    printed: (moment) => `As it stood on ${moment}`,
  },
  acts: {
    title: "What to do",
    reply: {
      title: "Reply to the person",
      text: "Tell them that the request was received and when it will be done, then note it here.",
      submit: "They were replied to",
    },
    extend: {
      title: "Extend (only once)",
      text: "Before it is due, and the person must be told why.",
      submit: "Extend",
    },
    extendTo: (day) => `New due date: ${day}`,
    done: {
      title: "Close: carried out",
      text: "Once what was asked has been done.",
      submit: "Close: carried out",
    },
    doneByClosing: {
      title: "Carry out and close",
      text: "Quen carries it out when you press the button.",
      submit: "Carry out and close",
    },
    refuse: {
      title: "Refuse",
      text: "Only where the law allows it (article 19 or 4.3). You will be asked again.",
      submit: "Go on to refuse",
    },
    erase: {
      title: "Erase the profile and close",
      text: "Erases everything under this profile, in the store and of purchases. You will be asked again.",
      submit: "Go on to erase",
    },
    proof: "Proof",
    proofOptional: "Proof (optional)",
    proofHint: "For example a letter's number. It is kept for good, so name nobody and no number.",
    reason: "Reason",
    reasonHint: "The person is told. It is kept for good, so name nobody and no number.",
    askedBy: "How they asked",
    choose: "Choose one",
    restrictedHint: (id) => `To use the data again: ${COMMAND} request lift ${id} --reason "…"`,
  },
  confirm: {
    back: "No, go back",
    refuse: {
      title: "Refuse this request?",
      text: "The request is closed, the person's words are removed, and it cannot be opened again. They may complain, so the reason must hold.",
      submit: "Refuse the request",
    },
    erase: {
      title: "Erase this profile?",
      text: "Every identifier, visit, order and consent of the profile is removed, in the store and of purchases. It cannot be undone. What stays is the certificate and the sealed proofs that the law asks for.",
      submit: "Erase for good",
    },
    reason: "Reason",
    profile: "Profile",
    askedBy: "How they asked",
    others: "Not sure? Look at the profile first:",
  },
  new: {
    title: "Write down a new request",
    lead: "When somebody asks at the counter, by phone or by letter. Make sure that it is them: a code to their number, or the receipt of a consent.",
    kind: "What they ask",
    by: "They are known by",
    byKind: (kind, name) => {
      if (kind === "phone") return "Phone number";
      if (kind === "email") return "E-mail";
      if (kind.startsWith("zalo_app:")) return `Zalo id (app ${kind.slice(9)})`;
      return `Customer code of ${name ?? kind.replace(/^customer:/, "")}`;
    },
    value: "Number, address or code",
    valueHint:
      "Only finds the profile: it becomes a key, is not stored as written and is never in a page's address.",
    text: "In their words (optional)",
    textHint: "Sealed, and removed when the request is closed. At most 1,000 characters.",
    answerTo: "Where to answer, if elsewhere (optional)",
    answerToHint: "For example another e-mail. Sealed.",
    received: "Received on",
    receivedHint: "The due dates count from this day.",
    others: "Somebody else who processes data for the brand must act too (longer due date)",
    submit: "Write the request down",
  },
  tools: {
    title: "Other tools",
    consents: "Evidence of a person's consent, which can be checked without Quen",
    breach: "Who was affected by a breach, for the notices within 72 hours",
    erasures: "Who was erased, to be kept outside for a restore",
    holidays: "More days off, for the date of the reply",
    docs: "How to: docs/operations.md, docs/breach.md, docs/consent-evidence.md in the source.",
    apiDocs: "API docs",
  },
  ...noticesOfEn,
};
