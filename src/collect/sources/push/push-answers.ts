import type { PushResponse } from "../source.ts";
import type { CollectErrorCode } from "../../errors.ts";

/** What became of a post whose events are stored. */
export interface PushCounts {
  readonly records: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
}

/** Why a post was not taken; whoever sent it still has it. */
export interface PushRefusal {
  readonly status: number;
  readonly code: Extract<CollectErrorCode, `push-${string}`>;
  readonly detail: string;
  readonly help?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type PushResult = { readonly counts: PushCounts } | { readonly refusal: PushRefusal };

/** Any sender's answer. */
export function plainAnswer(result: PushResult): PushResponse {
  if ("counts" in result) return { status: 200, headers: {}, body: result.counts };
  const { status, code, detail, help, headers } = result.refusal;
  const problem = {
    type: `urn:trailwarden:error:${code}`,
    title: "The post was not taken",
    status,
    detail,
    code,
    ...(help === undefined ? {} : { help }),
  };
  return { status, headers: { "content-type": "application/problem+json", ...headers }, body: problem };
}

export function tokenRefused(): PushRefusal {
  return {
    status: 401,
    code: "push-refused",
    detail: "The post does not carry the token of this source",
    help: "Send it as Authorization: Bearer …; it was shown when the source was added",
    headers: { "www-authenticate": "Bearer" },
  };
}

export function busy(detail: string, afterSeconds: number): PushRefusal {
  return {
    status: 429,
    code: "push-busy",
    detail,
    help: "Send the same again a little later; nothing is doubled",
    headers: { "retry-after": String(afterSeconds) },
  };
}

export function notNow(detail: string): PushRefusal {
  return { ...busy(detail, 10), status: 503 };
}

export function unreadable(status: number, detail: string, help?: string): PushRefusal {
  return { status, code: "push-unreadable", detail, ...(help === undefined ? {} : { help }) };
}
