const star = "*";
const question = "?";

/**
 * Whether everything that fits `wanted` fits `pattern` too. In an ARN a wildcard stays in its part (IAM User Guide, "IAM
 * JSON policy elements: Resource"), but for a star at the very end; where that leaves doubt the answer is no.
 */
export function coversPattern(pattern: string, wanted: string, kind: "text" | "arn" = "text"): boolean {
  if (pattern === star) return true;
  if (kind === "text" || !pattern.startsWith("arn:")) return coversText(pattern, wanted);
  if (pattern.endsWith(star) && pattern.split(":").length < 6) return coversText(pattern, wanted);
  const [ours, theirs] = [arnParts(pattern), arnParts(wanted)];
  return ours.length === theirs.length && ours.every((part, index) => coversText(part, theirs[index] ?? ""));
}

/** Six parts; what follows the sixth's colon belongs to it. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Follows every way through the pattern at once, so that no pattern takes long. */
function coversText(pattern: string, wanted: string): boolean {
  let reached = startsAt(pattern, [0]);
  for (const sign of wanted) {
    const next: number[] = [];
    for (const at of reached) {
      const allowed = pattern[at];
      if (allowed === star) next.push(at);
      else if (allowed === sign || (allowed === question && sign !== star)) next.push(at + 1);
    }
    reached = startsAt(pattern, next);
    if (reached.size === 0) return false;
  }
  return reached.has(pattern.length);
}

/** Whether anything fits both patterns. */
export function overlapsPattern(a: string, b: string): boolean {
  let row = startsAt(b, [0]);
  const open = (index: number, reached: ReadonlySet<number>): Set<number> => {
    const found = new Set(reached);
    // A star takes any run of the other side's signs, so it may stand before all that follows.
    if (a[index] === star) for (let at = Math.min(...found); at <= b.length; at += 1) found.add(at);
    return found;
  };
  for (let index = 0; index < a.length; index += 1) {
    if (row.size === 0) return false;
    if (a[index] === star) {
      row = open(index, row);
      continue;
    }
    const next: number[] = [];
    for (const at of row) {
      const other = b[at];
      if (other === star) next.push(at);
      else if (other !== undefined && (other === a[index] || other === question || a[index] === question)) {
        next.push(at + 1);
      }
    }
    row = startsAt(b, next);
  }
  return row.has(b.length);
}

/** Positions in a pattern, and those behind stars that may stand for nothing. */
function startsAt(pattern: string, positions: readonly number[]): Set<number> {
  const found = new Set(positions);
  for (const position of positions) {
    for (let at = position; pattern[at] === star; at += 1) found.add(at + 1);
  }
  return found;
}
