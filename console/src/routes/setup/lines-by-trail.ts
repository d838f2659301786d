import type { BillLine } from "../../setup-types.ts";

export interface TrailLines {
  readonly trailArn: string;
  /** The last part of the ARN. */
  readonly name: string;
  readonly sumMicros: number;
  readonly own: readonly BillLine[];
}

/** The lines of a bill by the trail that they are about, the dearest trail first. */
export function linesByTrail(lines: readonly BillLine[]): readonly TrailLines[] {
  const arns = [...new Set(lines.map(({ trailArn }) => trailArn))];
  const trails = arns.map((trailArn) => {
    const own = lines.filter((line) => line.trailArn === trailArn);
    const sumMicros = own.reduce((sum, { amountMicros }) => sum + amountMicros, 0);
    return { trailArn, name: trailArn.slice(trailArn.lastIndexOf("/") + 1), sumMicros, own };
  });
  return trails.toSorted((a, b) => b.sumMicros - a.sumMicros);
}
