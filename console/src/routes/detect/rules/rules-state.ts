import type { Rule, RuleStatus } from "../../../detect-api.ts";
import { isLevel, levels, type Level } from "../../../parts/levels.ts";
import { readText, readTz, type Address } from "../../../parts/read-address.ts";

const statuses: readonly RuleStatus[] = ["on", "staged", "off", "refused"];

/** What the address says of the list of rules. */
export interface RulesState {
  /** Words that stand in the title, the tags or the path. */
  readonly text?: string | undefined;
  readonly tactic?: string | undefined;
  readonly level?: Level | undefined;
  readonly status?: RuleStatus | undefined;
  readonly origin?: string | undefined;
  /** Only rules that cannot fire, or those that have hit. */
  readonly only?: "blind" | "hit" | undefined;
  readonly tz?: "local" | undefined;
}

export function readRulesState(address: Address): RulesState {
  const { level, only } = address;
  return {
    text: readText(address, "text"),
    tactic: readText(address, "tactic"),
    level: isLevel(level) ? level : undefined,
    status: statuses.find((each) => each === address["status"]),
    origin: readText(address, "origin"),
    only: only === "blind" || only === "hit" ? only : undefined,
    tz: readTz(address),
  };
}

/** Rules that cannot fire though they are on, or would be. */
export function isBlind({ canFire, status }: Rule): boolean {
  return canFire.answer === "no" && status !== "off";
}

/** The rules that are looked for: the most severe first, those that hit most before others. */
export function chosenRules(rules: readonly Rule[], state: RulesState): readonly Rule[] {
  const words = (state.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return rules
    .filter((rule) => {
      const said = [rule.title, rule.path, rule.key, rule.note, ...rule.tags, ...rule.techniques]
        .join(" ")
        .toLowerCase();
      return words.every((word) => said.includes(word));
    })
    .filter(({ tactics }) => state.tactic === undefined || tactics.includes(state.tactic))
    .filter(({ level }) => state.level === undefined || level === state.level)
    .filter(({ status }) => state.status === undefined || status === state.status)
    .filter(({ origin }) => state.origin === undefined || origin === state.origin)
    .filter((rule) => (state.only === "blind" ? isBlind(rule) : state.only === "hit" ? rule.hits > 0 : true))
    .toSorted(
      (a, b) =>
        levels.indexOf(b.level) - levels.indexOf(a.level) ||
        b.hits - a.hits ||
        (a.title < b.title ? -1 : a.title > b.title ? 1 : 0),
    );
}
