// Erasure asks once more, with the words that are recorded, and then shows a certificate that names nobody.

import type { Language } from "../../language.ts";
import type { ErasureCertificate } from "../../rights.ts";
import { ErrorSummary, type FieldError } from "../error-summary.tsx";
import { formatAt, formatDay } from "../format-at.ts";
import { type Frame, Layout } from "../layout.tsx";

export interface EraseProps {
  readonly frame: Frame;
  readonly session: string;
  readonly formToken: string;
  /** What is recorded with the withdrawal of each standing purpose. */
  readonly wording: string;
  readonly problem: FieldError | null;
}

export const ErasePage = ({ frame, session, formToken, wording, problem }: EraseProps) => {
  const words = frame.copy.own;
  return (
    <Layout frame={frame} title={words.eraseTitle} failed={problem !== null}>
      <ErrorSummary copy={frame.copy} errors={problem === null ? [] : [problem]} />
      <h1>{words.eraseTitle}</h1>
      <form class="card" method="post" action={`${session}/erase`}>
        <input type="hidden" name="token" value={formToken} />
        <input type="hidden" name="lang" value={frame.copy.language} />
        <p>{wording}</p>
        <div class="box">
          <input type="checkbox" id="sure" name="sure" value="yes" />
          <label for="sure">{words.eraseSure}</label>
        </div>
        <button class="main" type="submit">
          {words.erase}
        </button>
      </form>
      <p class="acts">
        <a href={session}>{words.back}</a>
      </p>
    </Layout>
  );
};

export interface CertificateProps {
  readonly frame: Frame;
  readonly certificate: ErasureCertificate;
  readonly timezone: string;
  readonly language: Language;
}

export const CertificatePage = ({ frame, certificate, timezone, language }: CertificateProps) => {
  const { copy } = frame;
  const words = copy.own;
  return (
    <Layout frame={frame} title={words.erasedTitle}>
      <h1>{words.erasedTitle}</h1>
      <p class="lead">{words.erasedText}</p>
      {certificate.purchasesDueAt === null ? null : (
        <p class="note">{words.purchases(formatDay(certificate.purchasesDueAt, timezone, language))}</p>
      )}
      <section class="card">
        <dl>
          <div>
            <dt>{copy.receipt.at}</dt>
            <dd>{formatAt(certificate.at, timezone, language)}</dd>
          </div>
          {Object.entries(certificate.removed).map(([thing, rows]) => (
            <div>
              <dt>{words.removed[thing as keyof typeof words.removed]}</dt>
              <dd>{rows}</dd>
            </div>
          ))}
          <div>
            <dt>{words.sealedProofs}</dt>
            <dd>{certificate.sealedProofs}</dd>
          </div>
          <div>
            <dt>{words.certificate}</dt>
            <dd class="mono">{certificate.id}</dd>
          </div>
          <div>
            <dt>{copy.receipt.hash}</dt>
            <dd class="mono">{certificate.hash}</dd>
          </div>
          <div>
            <dt>
              {copy.receipt.signature} ({certificate.keyId})
            </dt>
            <dd class="mono">{certificate.signature}</dd>
          </div>
        </dl>
      </section>
      <p class="hint noprint">{copy.receipt.printHint}</p>
    </Layout>
  );
};
