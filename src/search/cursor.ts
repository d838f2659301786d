import type { PagePosition } from "../store/index.ts";
import { SearchError } from "./errors.ts";

/** Where a page ended, as opaque text for a client. */
export function printCursor(position: PagePosition): string {
  return Buffer.from(`${position.time}.${position.id}.${position.accountHash}`).toString("base64url");
}

export function readCursor(text: string): PagePosition {
  const parts = /^(-?\d{1,15})\.([0-9a-f-]{36})\.(\d{1,20})$/.exec(Buffer.from(text, "base64url").toString("latin1"));
  if (!parts) {
    throw new SearchError("The cursor is not one that this server gave out", {
      code: "cursor-invalid",
      fault: "user",
      help: "Begin again at the first page",
    });
  }
  return { time: Number(parts[1]), id: parts[2] ?? "", accountHash: parts[3] ?? "" };
}
