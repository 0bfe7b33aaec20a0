// Everything held about a person, in words, with what they may do about each part of it. Drawn only after a proof made
// in this very session.

import type { Language } from "../../language.ts";
import type { HeldConsent, HeldDevice, HeldVisit, PersonView } from "../../person-view.ts";
import { Standing, type StandingRow } from "../standing.tsx";
import { CounterOffer } from "../counter-page.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { formatAt, formatDay } from "../format-at.ts";
import { type Frame, Layout } from "../layout.tsx";
import { Purchases } from "./purchases.tsx";
import { Open } from "./request-page.tsx";
import { DetailsForm, type DetailsProblem } from "./details-form.tsx";

export interface OwnProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  readonly view: PersonView;
  readonly standing: readonly StandingRow[];
  /** What a withdraw button does, as it is recorded. */
  readonly withdrawal: string;
  readonly labelOf: (purpose: HeldConsent["purpose"]) => string;
  readonly timezone: string;
  readonly language: Language;
  /** Signed in with Zalo, and no phone is known. */
  readonly canAddPhone: boolean;
  readonly verifiesEmail: boolean;
  /** Whether a gateway named the device in hand. */
  readonly hasDevice: boolean;
  /** What was done a moment ago. */
  readonly notice: string | null;
  readonly problem: DetailsProblem | null;
  /** Local mode only. */
  readonly localLink: string | null;
}

/** The newest on the page; the copy has all of them. */
const SHOWN_VISITS = 20;

export const OwnPage = (props: OwnProps) => {
  const { frame, session, formToken, view, notice, problem } = props;
  const { copy } = frame;
  const words = copy.own;
  return (
    <Layout frame={frame} title={words.title} failed={problem !== null}>
      {notice === null ? null : (
        <p class="ok" role="status">
          {notice}
        </p>
      )}
      <ErrorSummary copy={copy} errors={problem === null ? [] : [problem]} />
      <h1>{words.title}</h1>
      <p class="lead">{view.consents.length === 0 ? words.nothing : words.intro}</p>
      {props.standing.length === 0 ? null : <CounterOffer {...props} />}
      <Standing {...props} none={words.standingNone} />
      <Identifiers {...props} />
      <DetailsForm {...props} details={view.details} />
      <Devices {...props} />
      <Visits {...props} />
      <Purchases {...props} />
      <History {...props} />
      <Kept {...props} />
      <section class="card">
        <h2>{words.copyTitle}</h2>
        <p class="hint">{words.copyText}</p>
        <p class="acts">
          <a class="btn" href={`${session}/copy`} download="quen.json">
            {words.copy}
          </a>
        </p>
      </section>
      <Open {...props} requests={view.requests} />
      <section class="card">
        <h2>{words.request.title}</h2>
        <p class="hint">{words.request.intro}</p>
        <p class="acts">
          <a class="btn" href={`${session}/request`}>
            {words.request.start}
          </a>
        </p>
      </section>
      <section class="card">
        <h2>{words.eraseTitle}</h2>
        <p class="hint">{words.eraseText}</p>
        <p class="acts">
          <a class="btn" href={`${session}/erase`}>
            {words.eraseStart}
          </a>
        </p>
      </section>
      <form method="post" action={`${session}/leave`}>
        <input type="hidden" name="token" value={formToken} />
        <button type="submit">{words.leave}</button>
      </form>
    </Layout>
  );
};

const Identifiers = ({ frame: { copy }, session, canAddPhone, view, timezone, language }: OwnProps) => (
  <section class="card">
    <h2>{copy.own.identifiers}</h2>
    {view.identifiers.length === 0 ? <p class="hint">{copy.own.none}</p> : null}
    {view.identifiers.map(({ kind, value, firstSeenAt, lastSeenAt }) => (
      <p class="row">
        <span>
          {copy.own.identifier(kind)}: <b>{value}</b>
          <span class="hint">
            {copy.own.seen(
              formatDay(firstSeenAt, timezone, language),
              formatDay(lastSeenAt, timezone, language),
            )}
          </span>
        </span>
      </p>
    ))}
    {canAddPhone ? (
      <p class="acts">
        <a class="btn" href={`${session}/add`}>
          {copy.own.add.start}
        </a>
      </p>
    ) : null}
  </section>
);

const Devices = ({ frame: { copy }, session, formToken, view, hasDevice, timezone, language }: OwnProps) => {
  const words = copy.own;
  const some = view.devices.length > 0 || hasDevice;
  return (
    <section class="card">
      <h2>{words.devices}</h2>
      <p class="hint">{words.devicesText}</p>
      {view.devices.map((device) => (
        <p class="row">
          <span>
            {words.device(device.number)}
            <span class="hint">{deviceLine(device, words, timezone, language)}</span>
          </span>
        </p>
      ))}
      {some ? (
        <div class="acts">
          <form method="post" action={`${session}/uncount`}>
            <input type="hidden" name="token" value={formToken} />
            <button type="submit">{words.uncount}</button>
          </form>
          {view.devices.some(({ counted }) => !counted) ? (
            <form method="post" action={`${session}/count`}>
              <input type="hidden" name="token" value={formToken} />
              <button type="submit">{words.count}</button>
            </form>
          ) : null}
        </div>
      ) : (
        <p class="hint">{words.devicesNone}</p>
      )}
    </section>
  );
};

const deviceLine = (
  { firstSignInAt, lastSignInAt, lastBranchName, counted }: HeldDevice,
  words: Frame["copy"]["own"],
  timezone: string,
  language: Language,
): string =>
  [
    words.seen(formatDay(firstSignInAt, timezone, language), formatDay(lastSignInAt, timezone, language)),
    lastBranchName,
    counted ? null : words.notCounted,
  ]
    .filter((part) => part !== null)
    .join(" · ");

const Visits = ({ frame: { copy }, view, timezone, language }: OwnProps) => {
  const words = copy.own;
  const shown = view.visits.slice(0, SHOWN_VISITS);
  return (
    <section class="card">
      <h2>{words.visits}</h2>
      {shown.length === 0 ? <p class="hint">{words.visitsNone}</p> : null}
      {shown.map((visit) => (
        <p class="row">
          <span>
            {visit.branchName}
            <span class="hint">{visitLine(visit, words, language)}</span>
          </span>
        </p>
      ))}
      {view.visits.length > shown.length ? (
        <p class="hint">{words.visitsMore(view.visits.length - shown.length)}</p>
      ) : null}
      {view.firsts.map(({ branchName, firstAt }) => (
        <p class="hint">{words.firstVisit(branchName, formatDay(firstAt, timezone, language))}</p>
      ))}
    </section>
  );
};

const visitLine = (
  { startedAt, endedAt, timezone, counted }: HeldVisit,
  words: Frame["copy"]["own"],
  language: Language,
): string => {
  const minutes = Math.max(1, Math.round((endedAt - startedAt) / 60_000));
  return [formatAt(startedAt, timezone, language), words.minutes(minutes), counted ? null : words.passer]
    .filter((part) => part !== null)
    .join(" · ");
};

const History = ({ frame: { copy }, view, labelOf, timezone, language }: OwnProps) => (
  <section class="card">
    <details>
      <summary>
        {copy.own.history} ({view.consents.length})
      </summary>
      {view.consents.map((record) => (
        <p class="row">
          <span>
            {labelOf(record.purpose)}: <b>{copy.receipt.state[record.state]}</b>
            <span class="hint">
              {formatAt(record.at, timezone, language)} · {record.branchName ?? copy.own.ownPage}{" "}
              <a href={`/receipt/${record.receiptId}?lang=${language}`}>
                {copy.own.receipt(record.sequence)}
              </a>
            </span>
          </span>
        </p>
      ))}
    </details>
  </section>
);

const Kept = ({ frame: { copy }, view }: OwnProps) => (
  <section class="card">
    <details>
      <summary>{copy.own.keptTitle}</summary>
      <ul>
        {view.retention.map(({ thing, days }) => (
          <li>
            {copy.own.things[thing]}: {days === null ? copy.own.untilErased : copy.own.days(days)}
          </li>
        ))}
      </ul>
      <p class="hint">{copy.own.recipientsTitle}</p>
      <ul>
        {view.recipients.map((recipient) => (
          <li>{copy.own.recipients[recipient]}</li>
        ))}
      </ul>
    </details>
  </section>
);
