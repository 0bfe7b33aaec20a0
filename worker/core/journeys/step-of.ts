// Which step of the funnel a stage is.

import type { Step } from "../../../schema/journeys.ts";
import type { TouchStage } from "./journey.ts";

export const stepOf = (stage: TouchStage): Exclude<Step, "visit" | "order"> => {
  switch (stage) {
    case "arrive":
    case "view":
    case "checkout":
      return stage;
    case "chat":
    case "cart":
      return "engage";
  }
};
