import type { FiringAnswer, Outcome, Rule, RuleStatus } from "../../detect-api.ts";
import type { IconName } from "../../parts/icon.tsx";

type Words = readonly [word: string, icon: IconName, what: string];

export const statusWords: Readonly<Record<RuleStatus, Words>> = {
  on: ["On", "online", "Every event is held against it as it is stored"],
  staged: ["Staged", "clock", "It is being tried out: what it finds is counted, and nobody is disturbed"],
  off: ["Off", "pause", "Somebody has switched it off"],
  refused: ["Refused", "warning", "It cannot be run as it is written"],
};

export const firingWords: Readonly<Record<FiringAnswer, Words>> = {
  yes: ["Can fire", "check", "What it looks for is collected"],
  partly: ["Can fire in part", "quiet", "Some of what it looks for is not collected"],
  no: ["Cannot fire", "absent", "What it looks for is not collected"],
  unknown: ["Not known", "unknown", "Whether what it looks for is collected is not known"],
};

export const outcomeWords: Readonly<Record<Outcome, readonly [word: string, what: string]>> = {
  incident: ["Opens an incident", "What it finds becomes an incident, or a part of one"],
  notification: ["Only tells", "Those whom a route names are told, and no incident is opened"],
  observation: ["Only notes", "What it finds is kept and shown, and joins incidents of the same actor"],
};

export const kindWords: Readonly<Record<Rule["kind"], string>> = {
  rule: "Rule",
  correlation: "Correlation",
  search: "Saved search",
};

export function originWord(origin: string): string {
  return origin === "trailwarden" ? "Trailwarden’s own" : origin === "search" ? "Saved searches" : origin;
}
