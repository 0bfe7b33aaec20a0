// CHAP as CoovaChilli does it: the challenge of a client's session, mixed with the uamsecret, then the password. The
// browser carries the response, so it never learns the secret.

import { fromHex, isSame } from "./bytes.ts";
import { md5, md5Hex } from "./md5.ts";

/** Without a uamsecret the challenge is used as it is. */
export const newChallenge = (challenge: Uint8Array, secret: string | null): Uint8Array =>
  secret === null || secret === "" ? challenge : md5(challenge, secret);

/** In lower-case hex; `id` is 0 in everything that CoovaChilli's own page makes. */
export const chapResponse = (id: number, password: string, challenge: Uint8Array): string =>
  md5Hex(Uint8Array.of(id), password, challenge);

export const isChapOf = (
  password: string,
  chap: { readonly id: number; readonly challenge: string; readonly response: string },
): boolean => {
  const challenge = fromHex(chap.challenge);
  return (
    challenge !== null && isSame(chapResponse(chap.id, password, challenge), chap.response.toLowerCase())
  );
};
