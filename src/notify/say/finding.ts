import type { HitFacts } from "../../detect/index.ts";
import type { FindingRow } from "../../state/index.ts";
import type { Notice } from "../notice.ts";
import { severities } from "../severity.ts";
import { cut, printTime } from "./plain.ts";

const titleMax = 300;

/** A finding that somebody only wants to be told of: what, who, from where, when. */
export function sayFinding(row: FindingRow): Notice {
  // Detection wrote it; what is in it came out of a log.
  const facts = (row.content ?? {}) as Partial<HitFacts>;
  const who = facts.actorName || facts.principalArn || "";
  const { eventName = "", sourceIp = "", resources = [] } = facts;
  const title = facts.title || row.rule;
  const times = row.hits === 1 ? "once" : `${row.hits.toLocaleString("en-US")} times`;
  return {
    id: `finding ${row.id}`,
    kind: "finding",
    thread: `finding ${row.id}`,
    state: "opened",
    severity: severities.find((one) => one === row.level) ?? "medium",
    accountIds: row.accountId === "" ? [] : [row.accountId],
    rules: [row.rule],
    title: cut(who === "" ? title : `${title}, by ${who}`, titleMax),
    text: `The rule hit ${times}, and asks for no more than that you hear of it.`,
    facts: factsOf({
      Who: who,
      What: [eventName, facts.errorCode ?? ""].filter((word) => word !== "").join(", "),
      Where: [sourceIp, row.region].filter((word) => word !== "").join(", "),
      Account: row.accountId,
      Resources: resources.slice(0, 5).join(", "),
      Listed: facts.indicator ?? "",
      Rule: row.rule,
      Events: row.from === row.to ? printTime(row.from) : `${printTime(row.from)} to ${printTime(row.to)}`,
    }),
    path: `/detect/findings/${encodeURIComponent(row.id)}`,
    at: row.changedAt,
  };
}

/** Those that say something, in their order. */
export function factsOf(values: Readonly<Record<string, string>>): Notice["facts"] {
  return Object.entries(values).flatMap(([label, value]) => (value === "" ? [] : [{ label, value }]));
}
