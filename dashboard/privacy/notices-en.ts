// What the officer's pages say after something was done, or was not, in English.

import type { PrivacyCopy } from "./copy.ts";

export const noticesOfEn: Pick<PrivacyCopy, "faults" | "faultsTitle" | "said" | "troubles"> = {
  faults: {
    kind: "Choose what is asked.",
    value: "This is not of the kind that was chosen. Check each character.",
    text: "Write at most 1,000 characters.",
    answerTo: "Write at most 200 characters.",
    received: "Choose a day, not later than today.",
    reason: "Write the reason, at most 300 characters.",
    proof: "Write the proof, at most 300 characters.",
    askedBy: "Choose how they asked.",
  },
  faultsTitle: "Not written down yet",
  said: {
    opened: "The request is written down. Its due dates are below.",
    opened_two: "Two requests are written down: store and purchases know this person apart.",
    replied: "Noted: the person was replied to.",
    extended: "Extended. Remember to tell the person why.",
    closed: "Carried out, and the request is closed.",
    refused: "Refused, and the request is closed. Remember to tell the person why.",
    erased: "The profile is erased and the request closed. The certificate's id is in the history.",
  },
  troubles: {
    not_so: {
      title: "Nothing was done: the request has changed",
      text: "Somebody has just dealt with it, or it is past its due date. This page shows how it stands now.",
    },
    needs_proof: { title: "A proof is needed", text: "Write how it can be shown that this was done." },
    needs_erasure: {
      title: "The data is still there",
      text: "This request is closed only by erasing the profile. If no profile is shown yet, wait a minute and load the page again.",
    },
    other_profile: {
      title: "Nothing was erased: the profile has changed",
      text: "Since the page was opened it was merged, split or erased. Look again, then decide.",
    },
    busy: {
      title: "Nothing was done: the data is busy",
      text: "Something else changed at the same time. Try again in a few seconds.",
    },
    foreign_form: {
      title: "Nothing was done",
      text: "The form did not come from this page, is too long, or the page was open for too long. Open the page again and retry.",
    },
    unavailable: {
      title: "No answer right now",
      text: "The system does not answer. It is not certain whether it was done: open the request again to see how it stands.",
    },
    unknown: {
      title: "There is no such request",
      text: "The address was mistyped or part of it is missing.",
    },
  },
};
