import { Reaching } from "../keeping/reaching.ts";
import type { VerificationOptions } from "../keeping/options.ts";
import type { CaseOptions } from "./case-options.ts";

/** Gets a case's objects from the buckets of whichever source reads them; closed when the case is made. */
export interface CaseFetcher extends AsyncDisposable {
  readonly fetch: CaseOptions["fetch"];
}

const noMetadata = {
  signature: undefined,
  signatureAlgorithm: undefined,
  backfillGeneratedAt: undefined,
  // What signs a digest is taken from where it was collected.
  isLost: true,
};

/** A fetcher with the rights that the sources have. */
export function fetchFromSources(options: Pick<VerificationOptions, "reach" | "sources">): CaseFetcher {
  const reaching = new Reaching(options);
  return {
    async fetch(bucket, key, signal) {
      const reached = await reaching.get({ bucket, key }, "", signal);
      if (reached.kind === "bytes") return { ok: true, bytes: reached.bytes, metadata: noMetadata };
      if (reached.kind === "not-found") return { ok: false, reason: "not-found" };
      throw reached.error ?? new Error(`No source reads s3://${bucket}`);
    },
    [Symbol.asyncDispose]: () => reaching[Symbol.asyncDispose](),
  };
}
