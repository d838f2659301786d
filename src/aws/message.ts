import { type Readable } from "node:stream";

/** A request as it came: what is signed, named and decoded. */
export interface WireRequest {
  readonly method: string;
  /** As sent, percent signs and all; without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case; what came several times joined by a comma, as signatures want it. No prototype. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, ready to be sent. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | undefined;
}
