import type { IntegrityFindingRow } from "../../state/index.ts";
import type { IntegrityFindingKind } from "../../verify/index.ts";
import type { Notice } from "../notice.ts";
import type { Severity } from "../severity.ts";
import { factsOf } from "./finding.ts";
import { printTime } from "./plain.ts";

/** What it is, in few words, and how bad: evidence that was touched is worse than evidence that is late. */
const matters: Readonly<Record<IntegrityFindingKind, readonly [title: string, severity: Severity]>> = {
  "log-broken": ["A log file was changed", "critical"],
  "log-missing": ["A log file is missing", "high"],
  "log-undeclared": ["A log file lies in the bucket that CloudTrail never signed", "high"],
  "log-changed-since": ["A log file was changed in the bucket after it was read", "high"],
  "log-gone-since": ["A log file is gone from the bucket since it was read", "medium"],
  "digest-broken": ["A digest is not genuine", "critical"],
  "digest-missing": ["A digest is missing", "high"],
  "digest-replaced": ["A digest was replaced", "critical"],
  "key-unknown": ["A digest is signed with a key that is not known", "medium"],
  gap: ["There is a gap in what was logged", "high"],
  "tail-overdue": ["A digest is overdue", "medium"],
  "chain-ended": ["A trail has stopped signing", "high"],
};

/** A finding of verifying as it begins, or as it is settled. */
export function sayIntegrity(row: IntegrityFindingRow): Notice {
  const content = (row.content ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof content[name] === "string" ? content[name] : "");
  const known: Readonly<Record<string, readonly [string, Severity]>> = matters;
  const [title, severity] = known[row.kind] ?? [row.kind, "medium"];
  const isSettled = row.settledAt !== undefined;
  const where = [row.region, row.accountId].filter((word) => word !== "").join(", ");
  return {
    // Found again after it was settled is another matter to be told.
    id: `integrity ${row.id} ${row.foundAt} ${isSettled ? "settled" : "found"}`,
    kind: "integrity",
    thread: `integrity ${row.id}`,
    state: isSettled ? "ended" : "opened",
    severity,
    accountIds: row.accountId === "" ? [] : [row.accountId],
    rules: [],
    title: `${isSettled ? "Settled: " : ""}${title}${where === "" ? "" : ` (${where})`}`,
    text: isSettled ? "It stands no more: what was missing came, or the chain goes on." : text("sentence"),
    facts: factsOf({
      "Log file": text("logFile"),
      Digest: text("digest"),
      Account: row.accountId,
      Region: row.region,
      About: row.from === row.to ? printTime(row.from) : `${printTime(row.from)} to ${printTime(row.to)}`,
      "What to do": isSettled ? "" : text("help"),
    }),
    path: "/verify",
    at: row.settledAt ?? row.foundAt,
  };
}
