// How often the mood of a chat message is what its label says, on the sample of worker/core/sentiment/sample.json: the half
// that the lexicon was made with, and the half that was held out.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/steps/repository.ts";
import { SENTIMENTS, type Sentiment } from "../schema/events.ts";
import { classify } from "../worker/core/sentiment/classify.ts";
import { confusionOf, type Labelled, majorityShare, scoreOf } from "../worker/core/sentiment/score.ts";
import { emit, say } from "./emit.ts";

const { values: flags } = parseArgs({
  options: { half: { type: "string" }, wrong: { type: "boolean", default: false } },
});

const SAMPLE = join(ROOT, "worker/core/sentiment/sample.json");
const halves = JSON.parse(readFileSync(SAMPLE, "utf8")) as Readonly<Record<string, Labelled[]>>;
const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;

for (const [half, messages] of Object.entries(halves)) {
  if (flags.half !== undefined && flags.half !== half) continue;
  const confusion = confusionOf(messages, classify);
  const { accuracy, labels } = scoreOf(confusion);
  emit({
    bench: "sentiment",
    half,
    messages: messages.length,
    accuracy: thousandths(accuracy),
    majority: thousandths(majorityShare(messages)),
  });
  for (const label of SENTIMENTS) {
    const { precision, recall } = labels[label];
    const took = (given: Sentiment) => confusion[label][given];
    emit({
      bench: "sentiment-label",
      half,
      label,
      precision: thousandths(precision),
      recall: thousandths(recall),
      takenForNegative: took("negative"),
      takenForNeutral: took("neutral"),
      takenForPositive: took("positive"),
    });
  }
  if (flags.wrong)
    for (const { text, label } of messages) {
      const given = classify(text);
      if (given !== label) say(`${half}: ${label} taken for ${given}: ${text}`);
    }
}
