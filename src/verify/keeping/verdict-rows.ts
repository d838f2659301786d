import type { VerdictRow } from "../../store/index.ts";
import { verdictKinds, type LogVerdict, type VerdictKind, type VerdictReason } from "../verdict.ts";
import type { KnownFile } from "./judge-files.ts";

/** A verdict as it is kept. */
export function rowOf(
  { name, object, read }: Pick<KnownFile, "name" | "object" | "read">,
  { kind, reason, digest, chainSince, dueAt }: LogVerdict,
  when: { readonly at: number; readonly deliveredAt: number },
): VerdictRow {
  return {
    name,
    logFile: read?.logFile ?? "0",
    accountId: object.read?.accountId ?? "",
    region: object.read?.region ?? "",
    deliveredAt: when.deliveredAt,
    ...{ verdict: kind, reason, digest, chainSince, dueAt, judgedAt: when.at },
  };
}

/**
 * What was read anew and differs from what was proven before has a row of its own beside it: the events that were stored
 * first stay proven.
 */
export function nameOfReading(name: string, logFile: string): string {
  return `${name}#${logFile}`;
}

/** The object's name without that. */
export function plainName(name: string): string {
  return name.replace(/\.gz#\d{1,20}$/, ".gz");
}

/** Whether there is nothing new to be written. */
export function isSameVerdict(a: VerdictRow, b: VerdictRow): boolean {
  return (
    a.logFile === b.logFile &&
    a.verdict === b.verdict &&
    a.reason === b.reason &&
    a.digest === b.digest &&
    a.chainSince === b.chainSince &&
    a.dueAt === b.dueAt
  );
}

/** A verdict as it was kept; words of another version count as nothing proven. */
export function verdictOf({ verdict, reason, digest, chainSince, dueAt }: VerdictRow): LogVerdict {
  return { kind: kindOf(verdict) ?? "unproven", reason: reason as VerdictReason, digest, chainSince, dueAt };
}

/** The kind of a kept word. */
export function kindOf(word: string): VerdictKind | undefined {
  return verdictKinds.find((kind) => kind === word);
}
