// The first page: a phone number with one unticked box a purpose, or the WiFi without signing in. Boxes come back
// ticked only if this person ticked them a moment ago and something else was wrong.

import type { Purpose } from "../../schema/consent.ts";
import type { PortalGateway } from "../brand.ts";
import type { BoxWording, WordingSet } from "../wording.ts";
import { ErrorSummary, type FieldError } from "./error-summary.tsx";
import { type Frame, Layout } from "./layout.tsx";
import { PhoneField } from "./phone-field.tsx";

export interface ChooseEntries {
  readonly phone: string;
  readonly adult: boolean;
  readonly ticked: readonly Purpose[];
}

export interface ChooseProps {
  readonly frame: Frame;
  readonly gateway: PortalGateway;
  readonly action: string;
  readonly formToken: string;
  /** Whether one may sign in with Zalo instead. */
  readonly zalo: boolean;
  readonly wordings: WordingSet;
  readonly entries: ChooseEntries;
  readonly errors: readonly FieldError[];
}

export const ChoosePage = (props: ChooseProps) => {
  const { frame, gateway, action, formToken, wordings, entries, errors } = props;
  const { copy } = frame;
  const texts = gateway.brand.texts[copy.language];
  const title = texts?.title ?? copy.choose.title(gateway.branchName);
  return (
    <Layout frame={frame} title={title} failed={errors.length > 0}>
      <ErrorSummary copy={copy} errors={errors} />
      <h1>{title}</h1>
      <p class="lead">
        {texts?.intro ?? copy.choose.intro}{" "}
        {gateway.policy.guestPass ? <a href="#guest">{copy.choose.introGuest}</a> : null}
      </p>
      <form class="card" method="post" action={action} novalidate>
        <input type="hidden" name="token" value={formToken} />
        <input type="hidden" name="shown" value={wordings.name} />
        <PhoneField copy={copy} value={entries.phone} errors={errors} />
        <div class="box">
          <input type="checkbox" id="adult" name="adult" value="yes" checked={entries.adult} />
          <label for="adult">{copy.choose.adult}</label>
        </div>
        {wordings.boxes.length === 0 ? null : (
          <fieldset aria-describedby="boxes-hint">
            <legend>{copy.choose.legend(gateway.brand.name)}</legend>
            <p class="hint" id="boxes-hint">
              {copy.choose.legendHint}
            </p>
            {wordings.boxes.map((box) => (
              <Box box={box} ticked={entries.ticked.includes(box.purpose)} />
            ))}
            <p class="note">{wordings.notice}</p>
          </fieldset>
        )}
        <button class="main" type="submit">
          {copy.choose.submit}
        </button>
        {props.zalo ? (
          <button class="more" type="submit" formaction={`${action}/zalo`}>
            {copy.choose.zalo}
          </button>
        ) : null}
      </form>
      {gateway.policy.guestPass ? <Guest frame={frame} action={action} formToken={formToken} /> : null}
      <p class="acts hint">
        <a href={`${action}/staff`}>{copy.staff.link}</a>
      </p>
    </Layout>
  );
};

const Guest = ({
  frame: { copy },
  action,
  formToken,
}: Pick<ChooseProps, "frame" | "action" | "formToken">) => (
  <>
    <p class="or">{copy.choose.or}</p>
    <form method="post" action={`${action}/guest`}>
      <input type="hidden" name="token" value={formToken} />
      <button type="submit" id="guest">
        {copy.choose.guest}
      </button>
      <p class="hint mid">{copy.choose.guestHint}</p>
    </form>
  </>
);

const Box = ({ box, ticked }: { box: BoxWording; ticked: boolean }) => {
  const id = `allow-${box.purpose}`;
  return (
    <div class="box">
      <input
        type="checkbox"
        id={id}
        name="allow"
        value={box.purpose}
        checked={ticked}
        aria-describedby={`${id}-words`}
      />
      <label for={id}>{box.label}</label>
      <p class="words" id={`${id}-words`}>
        {box.body}
        {box.sensitive === null ? null : <span class="tag">{box.sensitive}</span>}
      </p>
    </div>
  );
};
