// An empty card with its title, which the client fills.
import { cardCopy } from "../copy/cards.ts";
import type { CardId } from "../copy/cards.ts";
import type { Language } from "../language.ts";

export function Card({ id, language, size }: { id: CardId; language: Language; size: "wide" | "half" }) {
  const { title, hint } = cardCopy(language).cards[id];
  return (
    <section class={`card ${size}`} id={`card-${id}`} aria-labelledby={`title-${id}`} aria-busy="true">
      <header class="card-head">
        <div>
          <h2 id={`title-${id}`}>{title}</h2>
          <p class="hint">{hint}</p>
        </div>
        <div class="card-actions"></div>
      </header>
      <div class="card-body">
        <div class="skeleton" aria-hidden="true"></div>
      </div>
    </section>
  );
}
