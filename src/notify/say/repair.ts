import type { HistoryEntry } from "../../setup/index.ts";
import type { Notice } from "../notice.ts";
import type { Severity } from "../severity.ts";
import { factsOf } from "./finding.ts";

/** What of the history people are told, with its first words. What a person did by hand they know. */
const told: Readonly<Record<string, readonly [state: Notice["state"], words: string]>> = {
  drift: ["opened", "The collection of log files was changed"],
  "held-back": ["changed", "A repair waits for a person"],
  failed: ["changed", "A repair failed"],
  repaired: ["ended", "Repaired"],
  gone: ["ended", "As it should be again"],
  stopped: ["opened", "A change of the set-up stopped half way"],
  "not-looked": ["opened", "The set-up could not be looked at"],
  "probe-failed": ["opened", "The proof that log files arrive has failed"],
};

/** Drifts by which log files are lost at once. */
const worst: ReadonlySet<string> = new Set([
  ...["logging-stopped", "trail-deleted", "bucket-deleted", "bucket-reassigned", "selectors-narrowed"],
  ...["validation-off", "key-unusable", "trail-single-region"],
]);

/** A line of a deployment's history; undefined for those that nobody has to hear of. */
export function sayRepair(deployment: string, accountId: string, entry: HistoryEntry): Notice | undefined {
  const [state, words] = told[entry.kind] ?? [];
  if (state === undefined || words === undefined) return undefined;
  const { check, about, culprit } = entry;
  const severity: Severity = worst.has(check) || entry.kind === "failed" ? "high" : "medium";
  // What is about the deployment as a whole has no end of its own.
  const thread = check === "" ? `repair ${deployment} ${entry.id}` : `repair ${deployment} ${check} ${about}`;
  return {
    id: `repair ${deployment} ${entry.id}`,
    kind: "repair",
    ...{ thread, state, severity },
    accountIds: accountId === "" ? [] : [accountId],
    rules: [],
    title: `${words}: ${[deployment, about].filter((word) => word !== "").join(", ")}`,
    text: entry.sentence,
    facts: factsOf({
      Deployment: deployment,
      Account: accountId,
      What: check,
      Who: culprit?.actor ?? "",
      Call: culprit === undefined ? "" : `${culprit.eventName} at ${culprit.eventTime}`,
      Where: culprit?.sourceIp ?? "",
    }),
    path: `/setup/${encodeURIComponent(deployment)}`,
    at: entry.at,
  };
}
