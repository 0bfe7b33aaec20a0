// What an officer may do with a request as it stands, as forms: nothing is offered that its state does not allow.

import type { Child } from "hono/jsx";
import { ASKED_BY, type RequestKind } from "../../schema/requests.ts";
import type { Act, Fault, PrivacyCopy } from "./copy.ts";
import type { OpenedRequest } from "./ports.ts";
import { at, type PrivacyFrame } from "./shell.tsx";
import { formatDay } from "./when.ts";

export const VERBS = ["reply", "extend", "close", "refuse", "erase"] as const;
export type Verb = (typeof VERBS)[number];

/** What was typed into a form that was refused, and why. */
export interface Filled {
  readonly verb: Verb;
  readonly typed: string;
  readonly fault: Fault | null;
}

/** Closing these carries them out, so that there is no need of a further proof. */
const isDoneByClosing = (kind: RequestKind): boolean =>
  kind === "withdraw" || kind === "object" || kind === "restrict";

interface ActionsProps {
  readonly frame: PrivacyFrame;
  readonly request: OpenedRequest;
  readonly filled: Filled | null;
}

export function Actions({ frame, request, filled }: ActionsProps) {
  const { copy, now } = frame;
  const words = copy.acts;
  if (request.closedAt !== null) {
    const restricts = request.kind === "restrict" && request.outcome === "done";
    return restricts ? <p class="card quiet on-screen">{words.restrictedHint(request.id)}</p> : null;
  }
  const mayExtend = request.extendedAt === null && request.dueAt >= now;
  const erases = request.kind === "erase" && request.profileId !== null;
  const doing = { frame, request, filled };
  return (
    <section class="acts on-screen" aria-labelledby="acts">
      <h2 id="acts">{words.title}</h2>
      {request.repliedAt !== null ? null : <ActForm {...doing} verb="reply" act={words.reply} show="open" />}
      {erases ? (
        <ActForm {...doing} verb="erase" act={words.erase} show="open">
          <input type="hidden" name="profile" value={request.profileId ?? ""} />
          <AskedBy copy={copy} filled={filled} />
        </ActForm>
      ) : (
        <ActForm
          {...doing}
          verb="close"
          act={isDoneByClosing(request.kind) ? words.doneByClosing : words.done}
          show="open"
        >
          <Line
            copy={copy}
            verb="close"
            filled={filled}
            label={isDoneByClosing(request.kind) ? words.proofOptional : words.proof}
            hint={words.proofHint}
          />
        </ActForm>
      )}
      {mayExtend ? (
        <ActForm {...doing} verb="extend" act={words.extend} show="folded">
          <p class="hint">{words.extendTo(formatDay(request.extendedDueAt, copy.language))}</p>
          <Line copy={copy} verb="extend" filled={filled} label={words.reason} hint={words.reasonHint} />
        </ActForm>
      ) : null}
      <ActForm {...doing} verb="refuse" act={words.refuse} show="folded">
        <Line copy={copy} verb="refuse" filled={filled} label={words.reason} hint={words.reasonHint} />
      </ActForm>
    </section>
  );
}

interface ActFormProps extends ActionsProps {
  readonly verb: Verb;
  readonly act: Act;
  readonly show: "open" | "folded";
  readonly children?: Child;
}

function ActForm({ frame: { copy, csrf }, request, filled, verb, act, show, children }: ActFormProps) {
  // One step is the next: the reply, and once that is given what was asked.
  const isNext = show === "open" && (verb === "reply" || request.repliedAt !== null);
  const form = (
    <form method="post" action={at(`/privacy/requests/${request.id}/${verb}`, copy.language)} novalidate>
      <p class="quiet">{act.text}</p>
      <input type="hidden" name="csrf" value={csrf} />
      {children}
      <button type="submit" class={isNext ? "primary" : undefined}>
        {act.submit}
      </button>
    </form>
  );
  if (show === "open")
    return (
      <section class="card act">
        <h3>{act.title}</h3>
        {form}
      </section>
    );
  return (
    <details class="card act" open={filled?.verb === verb}>
      <summary>{act.title}</summary>
      {form}
    </details>
  );
}

interface LineProps {
  readonly copy: PrivacyCopy;
  readonly verb: "close" | "extend" | "refuse";
  readonly filled: Filled | null;
  readonly label: string;
  readonly hint: string;
}

/** One line of words that is kept for good. */
function Line({ copy, verb, filled, label, hint }: LineProps) {
  const own = filled?.verb === verb ? filled : null;
  const fault = own?.fault ?? null;
  const id = `${verb}-words`;
  return (
    <>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name="words"
        rows={2}
        maxlength={300}
        autocomplete="off"
        aria-describedby={fault === null ? `${id}-hint` : `${id}-fault ${id}-hint`}
        aria-invalid={fault === null ? undefined : "true"}
        autofocus={fault !== null}
      >
        {own?.typed ?? ""}
      </textarea>
      {fault === null ? null : (
        <p class="bad" id={`${id}-fault`} role="alert">
          {copy.faults[fault]}
        </p>
      )}
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </>
  );
}

function AskedBy({ copy, filled }: { copy: PrivacyCopy; filled: Filled | null }) {
  const { askedBy: label, choose } = copy.acts;
  const fault = filled?.verb === "erase" ? filled.fault : null;
  return (
    <>
      <label for="asked-by">{label}</label>
      <select
        id="asked-by"
        name="asked-by"
        aria-describedby={fault === null ? undefined : "asked-by-fault"}
        aria-invalid={fault === null ? undefined : "true"}
        autofocus={fault !== null}
      >
        <option value="">{choose}</option>
        {ASKED_BY.map((one) => (
          <option value={one}>{copy.askedBy[one]}</option>
        ))}
      </select>
      {fault === null ? null : (
        <p class="bad" id="asked-by-fault" role="alert">
          {copy.faults[fault]}
        </p>
      )}
    </>
  );
}
