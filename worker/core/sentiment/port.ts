// What a chat message is labelled by. The text goes in and only the label is kept: whoever has a better classifier puts it
// in the place of ./classify.ts.

import type { Sentiment } from "../../../schema/events.ts";

export type SentimentOf = (text: string) => Sentiment;
