// The counter in English.

import { channelName } from "../../schema/channel-names.ts";
import type { CounterCopy } from "./copy.ts";

export const counterEn: CounterCopy = {
  language: "en",
  other: { code: "vi", name: "Tiếng Việt" },
  title: "Counter",
  localMode: "Local mode: trial data, not for a real store.",
  signOut: "Sign out",
  signIn: {
    title: "Sign in at the counter",
    lead: "Type the counter's key once. This device stays signed in for 12 hours.",
    key: "Key of the counter",
    hint: "Begins with qk_. The operator makes it with the scope counter.",
    submit: "Sign in",
  },
  find: {
    title: "Find a customer",
    phone: "The customer's phone number",
    phoneHint: "Any way of writing it: 0912 345 679, +84…, an old number of 11 digits.",
    branch: "This counter is at",
    noBranch: "No store chosen",
    submit: "Find",
    scan: "Or scan, with the phone's camera, the QR code that the customer opens on the WiFi page.",
    next: "Next customer",
  },
  open: {
    title: "Open the customer's profile",
    lead: "The code works once, for 2 minutes. Press the button while the customer stands at the counter.",
    submit: "Open the profile",
  },
  phoneRefused: {
    empty: "Type the customer's phone number.",
    not_a_number: "A phone number has digits only, for example 0912 345 679.",
    filler: "This is no real number. Ask the customer again.",
    invalid: "This number is not right. Check each digit.",
    not_mobile: "This is no mobile number. Ask for the customer's mobile.",
  },
  notices: {
    none: {
      title: "No profile found",
      text: "Nobody has this number, or the customer does not allow the data to be used. They can sign in to the WiFi and choose what they allow.",
    },
    restricted: {
      title: "This profile may not be shown",
      text: "The customer asked that their data not be used. Serve them as anybody else.",
    },
    code_used: {
      title: "This code has been used",
      text: "A code opens a profile once. Ask the customer to press “Make a new code” and scan again.",
    },
    code_expired: {
      title: "The code has expired",
      text: "A code lives for 2 minutes. Ask the customer to press “Make a new code” and scan again.",
    },
    code_unknown: {
      title: "The code is not right",
      text: "It is too old or was read in part. Ask the customer to press “Make a new code” and scan again.",
    },
    limited: {
      title: "Too many look-ups",
      text: "This key has looked up more than it may. Wait a little and try again; if it stays so, tell the operator.",
    },
    wrong_key: {
      title: "The key does not work",
      text: "It was mistyped, was revoked, or does not have the scope counter. Ask the operator.",
    },
    foreign_form: {
      title: "Nothing was done",
      text: "The request did not come from this page, or the page was open for too long. Try again.",
    },
    unavailable: {
      title: "Not possible right now",
      text: "The system does not answer and nothing was lost. Check the counter's network and try again in a few seconds.",
    },
  },
  person: {
    title: "Customer's profile",
    two: "This number has two profiles",
    twoText: "The customer has not allowed store visits and orders to be joined, so they stand apart.",
    store: "In the store",
    shop: "Purchases",
    noName: "The customer gave no name",
    phone: "Phone",
    stage: {
      stranger: "Has never come",
      new: "New customer",
      active: "Coming back",
      regular: "Regular",
      lapsing: "Not here for long",
      lost: "Not here for very long",
    },
    interests: "Interests",
    buys: "Often buys",
    visits: "Visits",
    total: "All",
    here: "Here",
    elsewhere: "Elsewhere",
    noVisits: "No visit yet.",
    visitsLeftOut: {
      no_consent: "The customer does not allow visits to be recognised.",
      withdrawn: "The customer no longer allows visits to be recognised.",
      not_linked: "The customer has not allowed orders to be joined with store visits.",
    },
    orders: (count) => (count === 0 ? "Orders" : `Orders (${count})`),
    noOrders: "No order yet.",
    ordersLeftOut: {
      no_consent: "The customer does not allow orders to be shown.",
      withdrawn: "The customer no longer allows orders to be shown.",
      not_linked: "The customer has not allowed visits to be joined with orders.",
    },
    online: "Online",
    refunded: "refunded",
    channel: (channel) =>
      ({ pos: "at the till", web: "on the web", app: "in the app", zalo: "by Zalo" })[channel] ??
      channelName(channel, "en"),
    contact: "Offers",
    may: (channels) => `May be sent by ${channels}.`,
    mayNot: "No offers may be sent to this customer.",
    logged: "This view is written down. Look only while you serve the customer.",
  },
};
