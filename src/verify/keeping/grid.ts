import type { VerdictHour } from "../../store/index.ts";
import type { Gap, VerdictKind } from "../verdict.ts";
import type {
  CellStanding,
  GridCell,
  IntegrityAsk,
  IntegrityFinding,
  IntegrityFindingKind,
  IntegrityGrid,
} from "../verification.ts";
import type { ChainMemory } from "./chain-memory.ts";
import { isAsked } from "./chain-views.ts";
import type { KeepingParts } from "./look.ts";
import { gapOf } from "./tails.ts";
import { kindOf } from "./verdict-rows.ts";

const hourMs = 3_600_000;
/** Lengths of cells: the shortest is taken with which there are not too many. */
const cellLengths = [hourMs, 6 * hourMs, 24 * hourMs, 168 * hourMs, 672 * hourMs];
/** More cells nobody can look at, and each answer stays small. */
export const cellsMax = 20_000;
const findingsMax = 10_000;

/** Findings that are a hole in time, and those that are worse. */
const holes: ReadonlySet<IntegrityFindingKind> = new Set(["gap", "digest-missing", "tail-overdue", "key-unknown"]);
const breaks: ReadonlySet<IntegrityFindingKind> = new Set([
  ...(["log-broken", "log-missing", "log-undeclared", "log-changed-since", "log-gone-since"] as const),
  ...(["digest-broken", "digest-replaced"] as const),
]);

/** How each hour of each account and region stands: the worst that is true of it. */
export async function gridOf(ask: IntegrityAsk, parts: KeepingParts, max = cellsMax): Promise<IntegrityGrid> {
  await parts.chains.load();
  const open = await parts.findings.all({ ...ask, isOpen: true }, findingsMax);
  const asked = parts.chains.all().filter(({ chain }) => isAsked(chain, ask));
  const first = cellLengths.findIndex((length) => cellsOfChains(asked, ask, length) <= max);
  for (let at = first < 0 ? cellLengths.length - 1 : first; ; at += 1) {
    const cellMs = cellLengths[at] ?? hourMs;
    const isLast = at >= cellLengths.length - 1;
    const cells = await cellsIn(ask, cellMs, { ...parts, open, asked, max });
    if (cells.length <= max) return { cells, cellMs, isCut: false };
    if (isLast) return { cells: cells.toSorted(byStanding).slice(0, max), cellMs, isCut: true };
  }
}

/** What the chains alone will fill. */
function cellsOfChains(chains: readonly ChainMemory[], { from, to }: IntegrityAsk, cellMs: number): number {
  return chains.reduce((sum, { beganAt, head }) => {
    const first = Math.floor(Math.max(from, beganAt ?? Infinity) / cellMs);
    return sum + Math.max(0, Math.ceil(Math.min(to, head?.endsAt ?? 0) / cellMs) - first);
  }, 0);
}

interface CellsFrom extends KeepingParts {
  readonly open: readonly IntegrityFinding[];
  readonly asked: readonly ChainMemory[];
  readonly max: number;
}

/** One more than may be told, where there are more. */
async function cellsIn(
  ask: IntegrityAsk,
  cellMs: number,
  { proofs, clock, open, asked, max }: CellsFrom,
): Promise<readonly GridCell[]> {
  const counted = { spanMs: cellMs, limit: max + 1 };
  const [hours, digestHours] = await Promise.all([
    proofs.verdictHours(ask, counted),
    proofs.digestHours(ask, { ...counted, by: "window" }),
  ]);
  const cells = new Cells(ask, cellMs);
  for (const hour of hours) addVerdicts(cells.of(hour.accountId, hour.region, hour.hour), hour);
  for (const hour of digestHours) addDigests(cells.of(hour.accountId, hour.region, hour.hour), hour);
  for (const { kind, ...finding } of open) {
    const mark = breaks.has(kind) ? "broken" : holes.has(kind) ? "gap" : undefined;
    if (mark !== undefined) cells.mark(finding, mark);
  }
  // Not each gap is a finding of its own: one of broken digests is told as those.
  for (const memory of asked) {
    const { accountId, region } = memory.chain;
    for (const { from, to } of gapsOf(memory, clock.now())) cells.mark({ accountId, region, from, to }, "gap");
  }
  return cells.all();
}

/** A chain's gaps, with that at its end. */
export function gapsOf(memory: ChainMemory, now: number): readonly Gap[] {
  const tail = gapOf(memory, memory.tail, now);
  return tail === undefined ? memory.gaps : [...memory.gaps, tail];
}

interface Cell {
  readonly accountId: string;
  readonly region: string;
  readonly hour: number;
  readonly logFiles: Partial<Record<VerdictKind, number>>;
  readonly marks: Set<CellStanding>;
  digests: number;
}

class Cells {
  readonly #cells = new Map<string, Cell>();
  readonly #ask: IntegrityAsk;
  readonly #cellMs: number;

  constructor(ask: IntegrityAsk, cellMs: number) {
    this.#ask = ask;
    this.#cellMs = cellMs;
  }

  of(accountId: string, region: string, hour: number): Cell {
    const id = `${accountId} ${region} ${hour}`;
    const known = this.#cells.get(id);
    if (known !== undefined) return known;
    const cell: Cell = { accountId, region, hour, logFiles: {}, marks: new Set(), digests: 0 };
    this.#cells.set(id, cell);
    return cell;
  }

  /** Marks all cells of a span. */
  mark(place: Pick<IntegrityFinding, "accountId" | "region" | "from" | "to">, mark: CellStanding): void {
    const from = Math.max(place.from, this.#ask.from);
    const to = Math.min(Math.max(place.to, place.from + 1), this.#ask.to);
    const first = Math.floor(from / this.#cellMs) * this.#cellMs;
    for (let at = first; at < to; at += this.#cellMs) this.of(place.accountId, place.region, at).marks.add(mark);
  }

  all(): readonly GridCell[] {
    return [...this.#cells.values()].map(({ marks, ...cell }) => ({ ...cell, standing: worstOf(marks) }));
  }
}

function addVerdicts(cell: Cell, { counts }: VerdictHour): void {
  for (const [word, count] of Object.entries(counts)) {
    const kind = kindOf(word);
    if (kind === undefined || count === 0) continue;
    cell.logFiles[kind] = (cell.logFiles[kind] ?? 0) + count;
    cell.marks.add(kind === "missing" || kind === "undeclared" ? "broken" : kind);
  }
}

function addDigests(cell: Cell, { counts }: VerdictHour): void {
  cell.digests += counts["valid"] ?? 0;
  if ((counts["valid"] ?? 0) > 0) cell.marks.add("proven");
  if ((counts["broken"] ?? 0) > 0) cell.marks.add("broken");
  if ((counts["missing"] ?? 0) > 0) cell.marks.add("gap");
  if ((counts["unproven"] ?? 0) > 0) cell.marks.add("unproven");
}

const worstFirst: readonly CellStanding[] = ["broken", "gap", "unproven", "waiting", "proven"];

function byStanding(a: GridCell, b: GridCell): number {
  return worstFirst.indexOf(a.standing) - worstFirst.indexOf(b.standing);
}

function worstOf(marks: ReadonlySet<CellStanding>): CellStanding {
  return worstFirst.find((standing) => marks.has(standing)) ?? "unproven";
}
