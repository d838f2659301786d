import { type KnownDifference } from "./known-difference.ts";

export const guarddutyDifferences: readonly KnownDifference[] = [
  {
    case: "guardduty: a detector is enabled, tells every six hours, and is one",
    moto: [true, "ENABLED", "SIX_HOURS", "taken"],
    why: "moto makes several",
  },
  {
    case: "guardduty: sample findings are made, listed, read and put away",
    moto: "failed: SyntaxError",
    why: "moto does not have findings",
  },
];
