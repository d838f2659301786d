/** A line of a value, and whether it stays, comes or goes. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** Statements are read in the order that AWS's own pages write them in. */
const usualOrder = ["Version", "Id", "Statement", "Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

/** Compared line by line, more than these are not; they all go and come instead. */
const comparedLinesMax = 1_500;

/** A value in lines, its members always in the same order, so that only what differs looks different. */
export function valueLines(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "string") return value.split(/\r?\n/);
  return JSON.stringify(ordered(value), null, 2).split("\n");
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const rank = (name: string) => (usualOrder.includes(name) ? usualOrder.indexOf(name) : usualOrder.length);
  const entries = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, ordered(member)]));
}

/** What stays, what goes and what comes between two values. */
export function diffLines(before: unknown, after: unknown): readonly DiffLine[] {
  const [old, next] = [valueLines(before), valueLines(after)];
  if (old.length > comparedLinesMax || next.length > comparedLinesMax) {
    return [...old.map((text) => line("-", text)), ...next.map((text) => line("+", text))];
  }
  return walk(old, next, commonLengths(old, next));
}

function line(sign: DiffLine["sign"], text: string): DiffLine {
  return { sign, text };
}

/** A comma at the end of a line comes and goes with the line after it: that is no change to a reader. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one?.replace(/,$/, "") === other?.replace(/,$/, "");
}

/** How many lines the rests have in common, from each pair of lines on. */
function commonLengths(old: readonly string[], next: readonly string[]): readonly Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(next.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    const [row, below] = [lengths[i], lengths[i + 1]];
    for (let j = next.length - 1; j >= 0 && row !== undefined; j--) {
      row[j] = isSame(old[i], next[j]) ? (below?.[j + 1] ?? 0) + 1 : Math.max(below?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function walk(old: readonly string[], next: readonly string[], lengths: readonly Uint16Array[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && isSame(old[i], next[j])) {
      lines.push(line(" ", next[j] ?? ""));
      i++;
      j++;
    } else if (i < old.length && (j >= next.length || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      lines.push(line("-", old[i++] ?? ""));
    } else {
      lines.push(line("+", next[j++] ?? ""));
    }
  }
  return lines;
}

/** Lines to show, and how many are left out between them. */
export type Stretch = DiffLine | { readonly sign: "…"; readonly count: number };

/** Leaves out what is far from any change. */
export function foldLines(lines: readonly DiffLine[], around = 3): readonly Stretch[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ sign }) => sign !== " "),
  );
  const folded: Stretch[] = [];
  for (const [at, each] of lines.entries()) {
    const last = folded.at(-1);
    if (isNear[at]) folded.push(each);
    else if (last?.sign === "…") folded[folded.length - 1] = { sign: "…", count: last.count + 1 };
    else folded.push({ sign: "…", count: 1 });
  }
  return folded;
}
