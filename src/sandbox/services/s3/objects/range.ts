import { AwsError } from "../../../../aws/index.ts";

/** Bytes from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly isPartial: boolean;
}

/** Reads a `Range` header; one that is not of bytes, or of several ranges, counts as none. RFC 9110, section 14. */
export function readRange(header: string | undefined, sizeBytes: number): Range {
  const whole = { start: 0, end: sizeBytes, isPartial: false };
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return whole;
  if (first === "") {
    const count = Math.min(Number(last), sizeBytes);
    if (count === 0) throw notSatisfiable(header, sizeBytes);
    return { start: sizeBytes - count, end: sizeBytes, isPartial: true };
  }
  const start = Number(first);
  const end = last === "" ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== "" && Number(last) < start) return whole;
  if (start >= sizeBytes) throw notSatisfiable(header, sizeBytes);
  return { start, end, isPartial: true };
}

function notSatisfiable(header: string | undefined, sizeBytes: number): AwsError {
  return new AwsError("InvalidRange", "The requested range is not satisfiable", 416, {
    ActualObjectSize: String(sizeBytes),
    RangeRequested: header ?? "",
  });
}
