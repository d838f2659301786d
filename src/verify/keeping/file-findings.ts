import type { VerdictRow } from "../../store/index.ts";
import { sayVerdict } from "../say/say.ts";
import type { LogVerdict, VerdictKind } from "../verdict.ts";
import type { IntegrityFindingKind } from "../verification.ts";
import type { FindingBook } from "./finding-book.ts";
import { helps } from "./finding-words.ts";

const kinds: ReadonlyMap<string, IntegrityFindingKind> = new Map<VerdictKind, IntegrityFindingKind>([
  ["broken", "log-broken"],
  ["missing", "log-missing"],
  ["undeclared", "log-undeclared"],
]);

/** What was said of a log file before and is no more is settled. */
export async function settleFile(
  findings: FindingBook,
  before: VerdictRow | undefined,
  { name, verdict }: VerdictRow,
): Promise<void> {
  const kind = before && kinds.get(before.verdict);
  if (kind !== undefined && before?.verdict !== verdict) await findings.settle(kind, name);
}

/** A log file that is not what it should be is told. */
export async function tellFile(findings: FindingBook, row: VerdictRow, verdict: LogVerdict): Promise<void> {
  const kind = kinds.get(row.verdict);
  if (kind === undefined) return;
  const { accountId, region, deliveredAt, name, digest } = row;
  await findings.tell({
    ...{ kind, about: name, accountId, region, digest, logFile: name },
    from: deliveredAt,
    to: deliveredAt + 60_000,
    sentence: `${sayVerdict(verdict)}${kind === "log-undeclared" ? late : ""} It is ${name}.`,
    help: helps[kind],
  });
}

/** It is told hours later than other things, for this. */
const late = " No digest for late log files has named it since, either.";

/** A log file was read anew, and is not what was read and proven before. */
export async function tellChangedSince(findings: FindingBook, row: VerdictRow, verdict: LogVerdict): Promise<void> {
  const { accountId, region, deliveredAt, name, digest } = row;
  await findings.tell({
    ...{ kind: "log-changed-since", about: name, accountId, region, digest, logFile: name },
    from: deliveredAt,
    to: deliveredAt + 60_000,
    sentence: `${sayVerdict({ ...verdict, reason: "changed-since" })} It is ${name}.`,
    help: helps["log-changed-since"],
  });
}
