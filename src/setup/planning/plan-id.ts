import { createHash } from "node:crypto";

/** The same for plans of the same content; short enough to be typed. */
export function planId(content: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}
