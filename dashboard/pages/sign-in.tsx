// The three small pages around signing in: the single button, the refusal and "you are not signed in".
// Showing a page never uses a link up; only pressing the button does.
import { pageCopy } from "../copy/page.ts";
import type { Language } from "../language.ts";
import type { DashboardPorts, SignInOutcome } from "../ports.ts";
import { Shell } from "./shell.tsx";

interface PageProps {
  language: Language;
  mode: DashboardPorts["mode"];
}

export type Refusal = Extract<SignInOutcome, { ok: false }>["reason"];

export function SignInPage({ language, mode, token }: PageProps & { token: string }) {
  const { signIn } = pageCopy(language);
  return (
    <Shell language={language} mode={mode} title={signIn.title}>
      <main class="small-page">
        <p class="wordmark">Quen</p>
        <h1>{signIn.title}</h1>
        <p>{signIn.lead}</p>
        <form method="post" action={`/dashboard/sign-in?lang=${language}`}>
          <input type="hidden" name="token" value={token} />
          <button type="submit" class="primary">
            {signIn.button}
          </button>
        </form>
        <p class="quiet">{signIn.note}</p>
      </main>
    </Shell>
  );
}

export function RefusedPage({ language, mode, reason }: PageProps & { reason: Refusal }) {
  const { refused, signedOut } = pageCopy(language);
  return (
    <Shell language={language} mode={mode} title={refused.title}>
      <main class="small-page">
        <p class="wordmark">Quen</p>
        <h1>{refused.title}</h1>
        <p>
          {refused[reason]} {refused.again}
        </p>
        <pre class="command">
          <code>{signedOut.command}</code>
        </pre>
        <p class="quiet">{signedOut.after}</p>
      </main>
    </Shell>
  );
}

export function SignedOutPage({ language, mode, notice }: PageProps & { notice: string | undefined }) {
  const { signedOut } = pageCopy(language);
  return (
    <Shell language={language} mode={mode} title={signedOut.title}>
      <main class="small-page">
        <p class="wordmark">Quen</p>
        {notice === undefined ? null : (
          <p class="notice" role="status">
            {notice}
          </p>
        )}
        <h1>{signedOut.title}</h1>
        <p>{signedOut.lead}</p>
        <pre class="command">
          <code>{signedOut.command}</code>
        </pre>
        <p class="quiet">{signedOut.after}</p>
      </main>
    </Shell>
  );
}
