import type { NamedLogFile, VerdictRow } from "../../store/index.ts";
import { judgeNamed, seenOf } from "../files/judge-log-file.ts";
import type { SeenLogFile } from "../files/seen-log-file.ts";
import { sayVerdict } from "../say/say.ts";
import type { IntegrityFindingKind } from "../verification.ts";
import { helps } from "./finding-words.ts";
import type { KeepingParts, Look } from "./look.ts";
import { objectOfName } from "../names.ts";

/** What became of a proven log file since it was read. */
export interface RereadFile {
  readonly name: string;
  /** `unknown`: nobody can say now. */
  readonly outcome: "same" | "changed" | "gone" | "unknown";
  readonly sentence: string;
}

/** Objects that are read again at the same time. */
export const rereadsAtOnce = 8;

/** Fetches a proven log file again and holds it against its digest; what changed since is told. */
export async function rereadFile(
  row: VerdictRow,
  named: NamedLogFile | undefined,
  parts: Pick<KeepingParts, "proofs" | "ledger" | "findings" | "clock">,
  look: Pick<Look, "reaching" | "signal">,
): Promise<RereadFile> {
  const { name } = row;
  const object = objectOfName(name);
  if (named === undefined || object === undefined) return { name, outcome: "unknown", sentence: "" };
  const [entry] = await parts.ledger.entries([name]);
  const reached = await look.reaching.get(object, entry?.source ?? "", look.signal);
  if (reached.kind === "unreachable") return { name, outcome: "unknown", sentence: "" };
  const seen = reached.kind === "bytes" ? seenOf(object.bucket, object.key, reached.bytes) : reached.kind;
  return tellReread(row, named, seen, parts);
}

async function tellReread(
  row: VerdictRow,
  named: NamedLogFile,
  seen: SeenLogFile | "not-found",
  { findings, proofs, clock }: Pick<KeepingParts, "proofs" | "findings" | "clock">,
): Promise<RereadFile> {
  const { name, accountId, region, deliveredAt } = row;
  const { bucket = "", key = "" } = objectOfName(named.digest) ?? {};
  const verdict = judgeNamed(
    { hashValue: named.sha256, name },
    {
      ...{ name: named.digest, bucket, key, startsAt: undefined, endsAt: named.digestEndsAt, object: undefined },
      verdict: { kind: "valid", reason: "" },
      chainSince: named.chainSince,
    },
    seen,
  );
  const kind: IntegrityFindingKind | undefined =
    verdict.kind === "broken" ? "log-changed-since" : verdict.kind === "missing" ? "log-gone-since" : undefined;
  for (const other of ["log-changed-since", "log-gone-since"] as const) {
    if (other !== kind) await findings.settle(other, name);
  }
  // When it was looked at stands with its verdict.
  await proofs.putVerdicts([{ ...row, judgedAt: clock.now() }]);
  if (kind === undefined) return { name, outcome: "same", sentence: "" };
  const reason = kind === "log-changed-since" ? "changed-since" : "gone-since";
  const readAt = (await proofs.readLogFiles([name])).get(name)?.readAt;
  const sentence = `${sayVerdict({ ...verdict, reason }, { readAt })} It is ${name}.`;
  await findings.tell({
    ...{ kind, about: name, accountId, region, logFile: name, digest: named.digest, sentence },
    ...{ from: deliveredAt, to: deliveredAt + 60_000, help: helps[kind] },
  });
  return { name, outcome: reason === "changed-since" ? "changed" : "gone", sentence };
}
