// The page of charts as the server sends it: header, controls and empty cards with their titles. The client fills
// the cards; the ids here are the ones it looks for (`client/main.ts`).
import { cardCopy } from "../copy/cards.ts";
import { pageCopy } from "../copy/page.ts";
import type { Language } from "../language.ts";
import type { DashboardPorts } from "../ports.ts";
import { Card } from "./card.tsx";
import { JourneySection } from "./journeys.tsx";
import { Shell } from "./shell.tsx";

interface BoardProps {
  language: Language;
  mode: DashboardPorts["mode"];
  operator: string;
  csrf: string;
  /** What besides the numbers this operator may open. */
  may: readonly string[];
  now: number;
}

function Controls({ language }: { language: Language }) {
  const copy = cardCopy(language).controls;
  return (
    <form class="controls" id="controls" aria-label={copy.label}>
      <label class="field">
        <span>{copy.branch}</span>
        <select id="branch" name="branch" disabled></select>
      </label>
      <fieldset class="presets">
        <legend>{copy.range}</legend>
        <div class="segments">
          {[7, 28, 90].map((days) => (
            <label>
              <input type="radio" name="days" value={String(days)} />
              <span>{copy.lastDays(days)}</span>
            </label>
          ))}
          <label>
            <input type="radio" name="days" value="custom" />
            <span>{copy.custom}</span>
          </label>
        </div>
      </fieldset>
      <div class="custom-range" id="custom-range" hidden>
        <label class="field">
          <span>{copy.from}</span>
          <input type="date" id="from" name="from" />
        </label>
        <label class="field">
          <span>{copy.to}</span>
          <input type="date" id="to" name="to" />
        </label>
      </div>
      <p class="range-line" id="range-line" aria-live="polite"></p>
    </form>
  );
}

export function BoardPage({ language, mode, operator, csrf, may, now }: BoardProps) {
  const copy = pageCopy(language);
  const cards = cardCopy(language);
  const other: Language = language === "vi" ? "en" : "vi";
  return (
    <Shell language={language} mode={mode} title={copy.title} script="/assets/dashboard.js">
      <a class="skip" href="#numbers">
        {copy.skip}
      </a>
      <header class="top">
        <p class="brand">
          <span class="wordmark">Quen</span> <span class="tagline">{copy.tagline}</span>
        </p>
        <nav class="top-links" aria-label="Quen">
          {may.includes("privacy") ? <a href={`/privacy?lang=${language}`}>{copy.requests}</a> : null}
          <a href="/docs">{copy.apiDocs}</a>
          <a id="other-language" href={`/dashboard?lang=${other}`} lang={other} hreflang={other}>
            {copy.otherLanguage}
          </a>
          <form method="post" action={`/dashboard/sign-out?lang=${language}`}>
            <span class="operator">{operator}</span>
            <input type="hidden" name="csrf" value={csrf} />
            <button type="submit" class="plain">
              {copy.signOut}
            </button>
          </form>
        </nav>
      </header>
      <main id="numbers" tabindex={-1} data-now={String(now)}>
        <h1 class="visually-hidden">{copy.tagline}</h1>
        <noscript>
          <p class="notice">{copy.needsScript}</p>
        </noscript>
        <Controls language={language} />
        <p class="notice" id="page-notice" role="alert" hidden></p>
        <section class="strip" id="strip" aria-labelledby="title-strip" aria-busy="true">
          <h2 id="title-strip">{cards.strip}</h2>
          <div class="strip-body">
            <div class="skeleton low" aria-hidden="true"></div>
          </div>
        </section>
        <section class="tiles" id="tiles" aria-labelledby="title-tiles" aria-busy="true">
          <h2 class="visually-hidden" id="title-tiles">
            {cards.tiles}
          </h2>
          <div class="tiles-body">
            {[1, 2, 3, 4, 5].map(() => (
              <div class="tile">
                <div class="skeleton low" aria-hidden="true"></div>
              </div>
            ))}
          </div>
        </section>
        <div class="grid">
          <Card id="visits" language={language} size="wide" />
          <Card id="heatmap" language={language} size="wide" />
          <Card id="regulars" language={language} size="wide" />
          <Card id="frequency" language={language} size="half" />
          <Card id="recency" language={language} size="half" />
          <Card id="retention" language={language} size="wide" />
        </div>
        <JourneySection language={language} />
        <section class="quality" id="quality" aria-labelledby="title-quality" aria-busy="true">
          <h2 id="title-quality">{cards.quality}</h2>
          <div class="quality-body"></div>
        </section>
      </main>
    </Shell>
  );
}
