// English texts of signing in with Zalo.

import type { ZaloCopy } from "./zalo-copy.ts";

export const zaloEn: ZaloCopy = {
  title: "Sign in with Zalo",
  why: "Zalo cannot open in this WiFi window. Please use your phone's browser, such as Chrome or Safari.",
  note: "Remember this address, or take a screenshot:",
  openStep: "Tap “Open the network for 5 minutes”. This window may close by itself.",
  goStep: "Open your phone's browser, go to the address and sign in with Zalo.",
  openNetwork: "Open the network for 5 minutes",
  openNetworkHint: "Once an hour for each device.",
  isOpen: "The network is open. Open your phone's browser and go to:",
  go: "Open Zalo",
  goHint: "Use this button only if you are in your phone's browser already.",
  left: (wait) => `${wait} left. This page goes on by itself once you have signed in.`,
  finishing: "Finishing your sign-in…",
  overTitle: "This address has expired",
  overText: "The address for signing in with Zalo works once, within 5 minutes. Your choices are still here.",
  newAddress: "Get a new address",
  confirmTitle: "Confirm the WiFi sign-in",
  confirmText: (branch) =>
    `You are signing in to the WiFi at ${branch} with Zalo. Confirm only if you are in this store and began it yourself.`,
  confirmAnswers: "Your answers",
  confirmWords: "See the full text",
  confirmYes: "It is me, go online",
  confirmNo: "It is not me",
  limitedTitle: "The network cannot be opened again yet",
  limitedText: (wait) =>
    `The network opens for signing in with Zalo once an hour for each device. Try again in ${wait}, or sign in with a code sent to your phone number.`,
  otherWay: "Another way to go online",
  backToZalo: "Try Zalo again",
  tryAgain: "Try again",
  troubles: {
    code_unknown: {
      title: "This address is not right",
      text: "Check each letter and digit of the address on the WiFi page. It has no letter O, no letter I, no 0 and no 1.",
    },
    code_expired: {
      title: "This address has expired",
      text: "It works for 5 minutes only. Go back to the WiFi page to get a new one.",
    },
    code_used: {
      title: "This address was used already",
      text: "Each address is for one sign-in. Go back to the WiFi page to see the result or to get a new address.",
    },
    guesses: {
      title: "Too many wrong addresses",
      text: "Wait a minute, then enter the address exactly as the WiFi page shows it.",
    },
    state_unknown: {
      title: "We do not know this sign-in",
      text: "It did not begin on the WiFi page, so nothing was done. Open the WiFi page again and retry.",
    },
    state_expired: {
      title: "This sign-in has expired",
      text: "You came back from Zalo too late, so nothing was stored. Open the WiFi page again and retry.",
    },
    state_used: {
      title: "This sign-in was used already",
      text: "Each sign-in with Zalo works once. Open the WiFi page again to go on.",
    },
    denied: {
      title: "You did not allow it in Zalo",
      text: "Nothing was stored. Try again or choose another way.",
    },
    not_mine: {
      title: "The sign-in was stopped",
      text: "Nothing was stored. If you are in the store and want the WiFi, choose another way.",
    },
    retry: {
      title: "Zalo has not answered",
      text: "Nothing was stored yet. Wait a few seconds and try again.",
    },
    refused: {
      title: "Signing in with Zalo did not work",
      text: "Zalo did not confirm this sign-in and nothing was stored. Try again, or use your phone number.",
    },
    abroad: {
      title: "Zalo does not work at this store yet",
      text: "This is our mistake, not yours, and nothing was stored. Please use your phone number.",
    },
    session_over: {
      title: "Your session is over",
      text: "You came back from Zalo after it had closed, so nothing was stored. Open the page you began on again; for WiFi, turn it off and on.",
    },
    ledger_retry: {
      title: "Your choices could not be stored",
      text: "Zalo confirmed you, but our system is busy, so nothing was stored yet. Please try Zalo again.",
    },
  },
};
