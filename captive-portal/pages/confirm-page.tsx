// Asks who came back from Zalo whether they began this in the store, and shows the answers that would be theirs.

import type { ConsentState } from "../../schema/consent.ts";
import type { Language } from "../language.ts";
import { type Frame, Layout } from "./layout.tsx";

export interface ConfirmProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly branchName: string;
  readonly answers: readonly {
    readonly label: string;
    readonly state: ConsentState;
    /** As it was shown beside the box, and will be recorded. */
    readonly text: string;
    readonly language: Language;
  }[];
  /** The answers could not be stored a moment ago. */
  readonly busy: boolean;
}

export const ConfirmPage = ({ frame, session, formToken, branchName, answers, busy }: ConfirmProps) => {
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.zalo.confirmTitle} failed={busy}>
      {busy ? (
        <p class="sum" role="alert">
          {copy.own.retry}
        </p>
      ) : null}
      <h1>{copy.zalo.confirmTitle}</h1>
      <p class="lead">{copy.zalo.confirmText(branchName)}</p>
      <form class="card" method="post" action={`${session}/confirm`}>
        <h2>{copy.zalo.confirmAnswers}</h2>
        <input type="hidden" name="token" value={formToken} />
        {answers.map(({ label, state, text, language }) => (
          <div class="row">
            <span>
              {label}: <b>{copy.receipt.state[state]}</b>
              {state === "granted" ? (
                <details>
                  <summary>{copy.zalo.confirmWords}</summary>
                  <p class="said" lang={language}>
                    {text}
                  </p>
                </details>
              ) : null}
            </span>
          </div>
        ))}
        <button class="main" type="submit" name="mine" value="yes">
          {copy.zalo.confirmYes}
        </button>
        <button class="more" type="submit" name="mine" value="no">
          {copy.zalo.confirmNo}
        </button>
      </form>
    </Layout>
  );
};
