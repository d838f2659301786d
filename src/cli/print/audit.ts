import type { AuditMessage } from "../../server/index.ts";
import { plural, printCount, printDuration } from "./figures.ts";
import { safeText } from "./safe-text.ts";

export type AuditSummaryMessage = Extract<AuditMessage, { kind: "summary" }>;
type Told = Extract<AuditMessage, { kind: "digest" | "log-file" | "gap" }>;

/** What is the same of many is said once. */
interface Group {
  readonly isBad: boolean;
  readonly what: string;
  readonly sentence: string;
  readonly firstName: string;
  count: number;
}

/** More different things than that nobody reads; what is beyond is counted. */
const groupsMax = 500;

/** Collects what an audit finds wrong, or cannot prove, for a person to read. */
export class AuditProblems {
  readonly #groups = new Map<string, Group>();
  #beyond = 0;

  add(told: Told): void {
    if (!isProblem(told)) return;
    const what = told.kind === "gap" ? "gap" : told.kind === "digest" ? "digest" : "log file";
    const id = `${what} ${told.sentence}`;
    const known = this.#groups.get(id);
    if (known !== undefined) known.count++;
    else if (this.#groups.size >= groupsMax) this.#beyond++;
    else {
      const firstName = told.kind === "gap" ? "" : told.name;
      this.#groups.set(id, { isBad: isBad(told), what, sentence: told.sentence, firstName, count: 1 });
    }
  }

  /** The worst first; in the order in which they were found otherwise. */
  print(): string {
    const groups = [...this.#groups.values()].sort((a, b) => Number(b.isBad) - Number(a.isBad));
    const lines = groups.flatMap(({ isBad: isWrong, what, sentence, firstName, count }) => {
      const mark = isWrong ? "✗" : "·";
      if (what === "gap") return [`${mark} ${safeText(sentence)}`];
      const name = count === 1 ? safeText(firstName) : `${plural(count, what)}, such as ${safeText(firstName)}`;
      return [`${mark} ${name}`, `  ${safeText(sentence)}`];
    });
    if (this.#beyond > 0) lines.push(`… and ${printCount(this.#beyond)} more; --format ndjson tells all`);
    return lines.map((line) => `${line}\n`).join("");
  }
}

function isProblem(told: Told): boolean {
  if (told.kind === "gap") return true;
  if (told.kind === "digest") return told.verdict !== "valid";
  return told.verdict !== "proven" && told.verdict !== "waiting";
}

/** What ends the command with 1. */
function isBad(told: Told): boolean {
  return told.kind !== "log-file" || told.verdict !== "unproven";
}

/** A line for what is as it should be, where a person wants to see that too. */
export function printProven(told: Told): string {
  if (told.kind === "gap" || isProblem(told)) return "";
  return `✓ ${safeText(told.name)}\n`;
}

/** How it stands, in one sentence, and the counts behind it. */
export function printAuditSummary(summary: AuditSummaryMessage): string {
  const { from, to, found, chains, digests, backfillDigests, logFiles, gaps, seconds } = summary;
  const span = from.startsWith("1970-01-01T00:00:00") ? `up to ${second(to)}` : `${second(from)} to ${second(to)}`;
  const spoken =
    found === null ? "no digest is valid" : `valid digests speak for ${second(found.from)} to ${second(found.to)}`;
  const late = Object.values(backfillDigests).some((count) => count > 0);
  const rows: readonly (readonly [string, string])[] = [
    ["delivered", `${span}; ${spoken}`],
    ["digests", `${printCounts(digests)} (${plural(chains, "chain")})`],
    ...(late ? [["late files", `${printCounts(backfillDigests)} of their digests`] as const] : []),
    ["log files", printCounts(logFiles)],
    ...(gaps === 0 ? [] : [["gaps", printCount(gaps)] as const]),
  ];
  return [
    `${sentenceOf(summary)}\n\n`,
    ...rows.map(([name, text]) => `${name.padEnd(10)}  ${text}\n`),
    `${"took".padEnd(10)}  ${printDuration(seconds)}\n`,
  ].join("");
}

function sentenceOf({ digests, backfillDigests, logFiles, gaps }: AuditSummaryMessage): string {
  const of = (kind: "unproven" | "broken" | "missing") => digests[kind] + backfillDigests[kind];
  const wrong = [
    said(logFiles.broken, "log file", "broken"),
    said(logFiles.missing, "log file", "missing"),
    said(logFiles.undeclared, "log file", "that no digest names"),
    said(of("broken"), "digest", "broken"),
    said(of("missing"), "digest", "missing"),
    said(of("unproven"), "digest", "unproven"),
    said(gaps, "gap", "in the chain"),
  ].filter((part) => part !== "");
  if (wrong.length > 0) return `Not proven: ${wrong.join(", ")}`;
  const rest = [
    said(logFiles.unproven, "log file", "unproven"),
    said(logFiles.waiting, "log file", "waiting for a digest"),
  ];
  const beside = rest.filter((part) => part !== "").join(", ");
  if (logFiles.proven === 0 && beside !== "") return `Nothing is proven, and nothing speaks against it: ${beside}`;
  if (beside !== "") return `${plural(logFiles.proven, "log file")} proven, nothing broken or missing; ${beside}`;
  return `All proven: ${plural(logFiles.proven, "log file")} are what AWS signed, and none is missing`;
}

function said(count: number, what: string, how: string): string {
  return count === 0 ? "" : `${plural(count, what)} ${how}`;
}

/** 1 where something is broken, missing, undeclared or without a valid digest; else 0. */
export function exitCodeOf({ digests, backfillDigests, logFiles, gaps }: AuditSummaryMessage): number {
  const { broken, missing, undeclared } = logFiles;
  const ofDigests = [digests, backfillDigests].flatMap((counts) => [counts.broken, counts.missing, counts.unproven]);
  return [broken, missing, undeclared, gaps, ...ofDigests].some((count) => count > 0) ? 1 : 0;
}

function printCounts(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? "none" : some.map(([kind, count]) => `${printCount(count)} ${kind}`).join(", ");
}

function second(instant: string): string {
  return `${instant.slice(0, 19).replace("T", " ")}Z`;
}
