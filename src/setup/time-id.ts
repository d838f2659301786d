import { randomBytes } from "node:crypto";

/** An id that grows with time, and that nobody guesses: 12 digits of hexadecimal milliseconds, then 80 bits of chance. */
export function timeId(now: number): string {
  return `${Math.max(0, Math.trunc(now)).toString(16).padStart(12, "0")}${randomBytes(10).toString("hex")}`;
}
