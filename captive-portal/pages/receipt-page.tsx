// A consent receipt to keep or print: each answer with the exact text that was shown, its hash and its signature.

import { proofId } from "../person.ts";
import type { Receipt, ReceiptRecord } from "../ports.ts";
import { purposeLabel } from "../wording.ts";
import { formatAt } from "./format-at.ts";
import { type Frame, Layout } from "./layout.tsx";

export const ReceiptPage = ({ frame, receipt }: { frame: Frame; receipt: Receipt }) => {
  const { copy } = frame;
  return (
    <Layout frame={frame} title={copy.receipt.title}>
      <h1>{copy.receipt.title}</h1>
      <p class="lead noprint">{copy.receipt.printHint}</p>
      <section class="card">
        <dl>
          <Term
            name={copy.receipt.place}
            value={`${receipt.gateway.brand.name}, ${receipt.gateway.branchName ?? copy.own.ownPage}`}
          />
          <Term name={copy.receipt.person} value={receipt.maskedPerson} />
          <Term
            name={copy.receipt.proof}
            value={copy.receipt.proofText[receipt.proof.kind](proofId(receipt.proof))}
          />
          <Term name={copy.receipt.number} value={receipt.id} mono />
        </dl>
      </section>
      {receipt.records.map((record) => (
        <Record frame={frame} receipt={receipt} record={record} />
      ))}
      <p class="note">{copy.receipt.explain}</p>
    </Layout>
  );
};

const Record = ({ frame, receipt, record }: { frame: Frame; receipt: Receipt; record: ReceiptRecord }) => {
  const { copy } = frame;
  const words = copy.receipt;
  return (
    <section class="card">
      <h2>{purposeLabel(record.purpose, receipt.gateway.brand, copy.language)}</h2>
      <p>
        <span class="state">{words.state[record.state]}</span>
        {record.toldSensitive ? <span class="tag">{words.toldSensitive}</span> : null}
      </p>
      <dl>
        <Term name={words.at} value={formatAt(record.at, receipt.gateway.timezone, copy.language)} />
        <div>
          <dt>
            {words.wording} ({record.wording.id}, {record.wording.version}, {record.wording.language})
          </dt>
          <dd class="said" lang={record.wording.language}>
            {record.wording.text}
          </dd>
        </div>
        <Term name={words.wordingHash} value={record.wording.hash} mono />
        <Term name={`${words.hash} (${record.sequence})`} value={record.hash} mono />
        <Term name={`${words.signature} (${words.key} ${record.keyId})`} value={record.signature} mono />
      </dl>
    </section>
  );
};

const Term = ({ name, value, mono }: { name: string; value: string; mono?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd class={mono === true ? "mono" : undefined}>{value}</dd>
  </div>
);
