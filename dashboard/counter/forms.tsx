// The counter's pages that ask for something: the key, a phone, or the tap that opens a scanned code.

import type { PhoneRefusal } from "../../schema/phone.ts";
import type { CounterNotice } from "./copy.ts";
import { type CounterFrame, CounterShell, Notice } from "./page.tsx";

interface PageProps {
  readonly frame: CounterFrame;
  readonly notice: CounterNotice | null;
}

/** `code`: what was scanned before signing in; it is opened afterwards if it still can be. */
export function SignInPage({ frame, notice, code }: PageProps & { code: string | null }) {
  const { copy } = frame;
  const words = copy.signIn;
  return (
    <CounterShell frame={frame} title={words.title}>
      <Notice copy={copy} kind={notice} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post" action={`/counter/sign-in?lang=${copy.language}`} class="card">
        {code === null ? null : <input type="hidden" name="code" value={code} />}
        <label for="key">{words.key}</label>
        <input
          id="key"
          name="key"
          type="password"
          required
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="key-hint"
        />
        <p class="hint" id="key-hint">
          {words.hint}
        </p>
        <button type="submit" class="primary">
          {words.submit}
        </button>
      </form>
    </CounterShell>
  );
}

export interface FindProps {
  readonly branches: readonly { readonly id: string; readonly name: string }[];
  readonly branchId: string | null;
  /** What was typed and refused, and why. */
  readonly refused: { readonly typed: string; readonly reason: PhoneRefusal } | null;
}

export function FindPage({ frame, notice, ...find }: PageProps & FindProps) {
  const { copy } = frame;
  return (
    <CounterShell frame={frame} title={copy.find.title}>
      <Notice copy={copy} kind={notice} />
      <h1>{copy.find.title}</h1>
      <FindForm frame={frame} {...find} focus />
      <p class="scan">{copy.find.scan}</p>
    </CounterShell>
  );
}

export function FindForm({
  frame: { copy, csrf },
  branches,
  branchId,
  refused,
  focus,
}: FindProps & { frame: CounterFrame; focus?: boolean }) {
  const words = copy.find;
  return (
    <form method="post" action={`/counter/find?lang=${copy.language}`} class="card" novalidate>
      <input type="hidden" name="csrf" value={csrf ?? ""} />
      <label for="phone">{words.phone}</label>
      <input
        id="phone"
        name="phone"
        type="tel"
        inputmode="tel"
        autocomplete="off"
        value={refused?.typed ?? ""}
        autofocus={focus === true}
        aria-describedby={refused === null ? "phone-hint" : "phone-error phone-hint"}
        aria-invalid={refused === null ? undefined : "true"}
      />
      {refused === null ? null : (
        <p class="bad" id="phone-error" role="alert">
          {copy.phoneRefused[refused.reason]}
        </p>
      )}
      <p class="hint" id="phone-hint">
        {words.phoneHint}
      </p>
      {branches.length < 2 ? null : (
        <>
          <label for="branch">{words.branch}</label>
          <select id="branch" name="branch">
            <option value="">{words.noBranch}</option>
            {branches.map(({ id, name }) => (
              <option value={id} selected={id === branchId}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
      <button type="submit" class="primary">
        {words.submit}
      </button>
    </form>
  );
}

/** Opening the page uses nothing up; only the tap does: cameras and messengers load addresses by themselves. */
export function OpenPage({ frame, code }: { frame: CounterFrame; code: string }) {
  const { copy, csrf } = frame;
  return (
    <CounterShell frame={frame} title={copy.open.title}>
      <h1>{copy.open.title}</h1>
      <p class="lead">{copy.open.lead}</p>
      <form method="post" action={`/counter/open?lang=${copy.language}`} class="card">
        <input type="hidden" name="csrf" value={csrf ?? ""} />
        <input type="hidden" name="code" value={code} />
        <button type="submit" class="primary" autofocus>
          {copy.open.submit}
        </button>
      </form>
    </CounterShell>
  );
}
