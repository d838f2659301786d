import type { VerdictHour } from "../../store/index.ts";
import type { VerdictKind } from "../verdict.ts";
import type { CellStanding, GridCell, IntegrityAsk, IntegrityFindingKind } from "../verification.ts";
import { digestHoursOf } from "./digest-hours.ts";
import type { KeepingParts } from "./look.ts";
import { kindOf } from "./verdict-rows.ts";

const hourMs = 3_600_000;
const findingsMax = 10_000;

/** Findings that are a hole in time, and those that are worse. */
const holes: ReadonlySet<IntegrityFindingKind> = new Set(["gap", "digest-missing", "tail-overdue", "key-unknown"]);
const breaks: ReadonlySet<IntegrityFindingKind> = new Set([
  ...(["log-broken", "log-missing", "log-undeclared", "log-changed-since", "log-gone-since"] as const),
  ...(["digest-broken", "digest-replaced"] as const),
]);

interface Cell {
  readonly accountId: string;
  readonly region: string;
  readonly hour: number;
  readonly logFiles: Partial<Record<VerdictKind, number>>;
  readonly marks: Set<CellStanding>;
  digests: number;
}

/** How each hour of each account and region stands: the worst that is true of it. */
export async function gridOf(ask: IntegrityAsk, { proofs, findings }: KeepingParts): Promise<readonly GridCell[]> {
  const [hours, digestHours, open] = await Promise.all([
    proofs.verdictHours(ask),
    // A window that ends in this hour began in the one before.
    digestHoursOf(proofs, { ...ask, to: ask.to + hourMs }),
    findings.all({ ...ask, isOpen: true }, findingsMax),
  ]);
  const cells = new Map<string, Cell>();
  const cellOf = (accountId: string, region: string, hour: number): Cell => {
    const id = `${accountId} ${region} ${hour}`;
    const known = cells.get(id) ?? { accountId, region, hour, logFiles: {}, marks: new Set(), digests: 0 };
    cells.set(id, known);
    return known;
  };
  for (const hour of hours) addVerdicts(cellOf(hour.accountId, hour.region, hour.hour), hour);
  for (const hour of digestHours) {
    // It covers some of both hours.
    for (const at of [hour.hour - hourMs, hour.hour]) {
      if (at >= floor(ask.from) && at < ask.to) addDigests(cellOf(hour.accountId, hour.region, at), hour, at);
    }
  }
  for (const { kind, accountId, region, from, to } of open) {
    const mark = breaks.has(kind) ? "broken" : holes.has(kind) ? "gap" : undefined;
    if (mark === undefined) continue;
    const last = Math.min(to, ask.to);
    for (let at = floor(Math.max(from, ask.from)); at < last; at += hourMs)
      cellOf(accountId, region, at).marks.add(mark);
  }
  return [...cells.values()].map(({ marks, ...cell }) => ({ ...cell, standing: worstOf(marks) }));
}

function addVerdicts(cell: Cell, { counts }: VerdictHour): void {
  for (const [word, count] of Object.entries(counts)) {
    const kind = kindOf(word);
    if (kind === undefined || count === 0) continue;
    cell.logFiles[kind] = (cell.logFiles[kind] ?? 0) + count;
    cell.marks.add(kind === "missing" || kind === "undeclared" ? "broken" : kind);
  }
}

function addDigests(cell: Cell, { counts, hour }: VerdictHour, at: number): void {
  cell.digests += counts["valid"] ?? 0;
  if ((counts["valid"] ?? 0) > 0) cell.marks.add("proven");
  if (at !== hour) return;
  if ((counts["broken"] ?? 0) > 0) cell.marks.add("broken");
  if ((counts["missing"] ?? 0) > 0) cell.marks.add("gap");
  if ((counts["unproven"] ?? 0) > 0) cell.marks.add("unproven");
}

const worstFirst: readonly CellStanding[] = ["broken", "gap", "unproven", "waiting", "proven"];

function worstOf(marks: ReadonlySet<CellStanding>): CellStanding {
  return worstFirst.find((standing) => marks.has(standing)) ?? "unproven";
}

function floor(at: number): number {
  return at - (at % hourMs);
}
