// The part of the board about journeys from online to the store: of the whole brand, whichever branch is chosen above.
import { cardCopy } from "../copy/cards.ts";
import type { Language } from "../language.ts";
import { Card } from "./card.tsx";

export function JourneySection({ language }: { language: Language }) {
  const { title, hint } = cardCopy(language).journeys;
  return (
    <section class="journeys" id="journeys" aria-labelledby="title-journeys">
      <header class="section-head">
        <h2 id="title-journeys">{title}</h2>
        <p class="hint">{hint}</p>
      </header>
      <div class="covered" id="covered" aria-busy="true">
        <div class="skeleton low" aria-hidden="true"></div>
      </div>
      <div class="grid">
        <Card id="funnel" language={language} size="wide" />
        <Card id="touches" language={language} size="half" />
        <Card id="campaigns" language={language} size="half" />
        <Card id="value" language={language} size="half" />
        <Card id="closing" language={language} size="half" />
      </div>
    </section>
  );
}
