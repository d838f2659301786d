import type { IncidentNotice } from "../../incidents/index.ts";
import type { Notice } from "../notice.ts";
import { isAtLeast } from "../severity.ts";

/** Facts by which incidents say more than people read. */
const historyFact = "isHistory";
const stateFact = "State";
/** Somebody looks after it, and it is not over. */
const taken: ReadonlySet<string> = new Set(["triaged", "contained"]);

/**
 * News of an incident as people hear it. What was long over when it was found, as in log files of last year, wakes
 * nobody: it is medium at most, and says so.
 */
export function sayIncident(news: IncidentNotice): Notice {
  const valueOf = (name: string) => news.facts.find(({ label }) => label === name)?.value ?? "";
  const state = valueOf(stateFact);
  const isHistory = valueOf(historyFact) === "true";
  const facts = news.facts.filter(({ label }) => label !== historyFact);
  const isNew = news.state === "opened" && state === "new";
  return {
    ...news,
    thread: `incident ${news.thread}`,
    severity: isHistory && isAtLeast(news.severity, "medium") ? "medium" : news.severity,
    title: `${news.title.replace(/^(INC-\d+): /, "$1 ")}${isNew || state === "" ? "" : ` (${state})`}`,
    facts: isHistory ? [...facts, { label: "History", value: "It was over when it was found" }] : facts,
    ...(news.state === "changed" && taken.has(state) ? { isTaken: true } : {}),
  };
}
