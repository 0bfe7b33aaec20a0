// What was asked in a person's own words, and how to answer: sealed, bound to its request.

import { z } from "zod";
import type { Seal } from "../seal.ts";

const Note = z.object({ text: z.string(), answerTo: z.string().nullable() });
export type RequestNote = z.infer<typeof Note>;

const contextOf = (requestId: string): string => `request/${requestId}`;

export const sealNote = (seal: Seal, requestId: string, note: RequestNote): Promise<string> =>
  seal.seal(JSON.stringify(note), contextOf(requestId));

export const openNote = async (seal: Seal, requestId: string, sealed: string): Promise<RequestNote> =>
  Note.parse(JSON.parse(await seal.open(sealed, contextOf(requestId))));
