// A consent record of somebody who was erased, sealed whole and bound to its place. It is opened for the `privacy`
// scope only (http/privacy/consents.ts).

import { z } from "zod";
import type { ProofRow } from "../../store/consent-chains.ts";
import type { Seal } from "../seal.ts";

const Proof = z.object({
  record: z.string(),
  hash: z.string(),
  signature: z.string(),
  keyId: z.string(),
});
export type OpenProof = z.infer<typeof Proof>;

type Place = Pick<ProofRow, "tag" | "generation" | "sequence">;

const contextOf = ({ tag, generation, sequence }: Place): string =>
  `consent-proof/${tag}/${generation}/${sequence}`;

export const sealProof = (seal: Seal, place: Place, proof: OpenProof): Promise<string> =>
  seal.seal(JSON.stringify(proof), contextOf(place));

export const openProof = async (seal: Seal, row: ProofRow): Promise<OpenProof> =>
  Proof.parse(JSON.parse(await seal.open(row.sealed, contextOf(row))));
