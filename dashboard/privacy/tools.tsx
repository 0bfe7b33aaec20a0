// What else a data protection officer has: commands to copy, and where it is written how.

import type { PrivacyCopy } from "./copy.ts";
import { at } from "./shell.tsx";

const COMMANDS = [
  ["consents", "npm run quen -- consent export --receipt … --out bundle.json"],
  ["breach", "npm run quen -- breach export --from … --to … --table visits --out affected.csv"],
  ["erasures", "npm run quen -- erasures export --out erased.jsonl"],
  ["holidays", "npm run quen -- request holidays 2027-02-04"],
] as const;

export function Tools({ copy }: { copy: PrivacyCopy }) {
  const words = copy.tools;
  return (
    <section class="tools" aria-labelledby="tools">
      <h2 id="tools">{words.title}</h2>
      <dl>
        {COMMANDS.map(([name, command]) => (
          <div>
            <dt>{words[name]}</dt>
            <dd>
              <code>{command}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p class="quiet">
        {words.docs} <a href={at("/docs", copy.language)}>{words.apiDocs}</a>
      </p>
    </section>
  );
}
