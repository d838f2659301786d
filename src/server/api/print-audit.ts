import { type AuditStep, sayDigest, sayGap, sayVerdict } from "../../verify/index.ts";
import type { AuditedTrail, AuditMessage } from "./audit-schemas.ts";
import { isoOf } from "./instants.ts";

type ChainStep = AuditStep & { readonly kind: "chain" };

/** A step of an audit as the API tells it. */
export function printStep(step: AuditStep): AuditMessage {
  switch (step.kind) {
    case "chain":
      return { kind: "chain", ...printTrail(step.chain) };
    case "digest":
      return printDigest(step);
    case "log-file":
      return printFile(step);
    case "gap": {
      const { kind: gap, from, to, ...rest } = step.gap;
      const sentence = sayGap(step.gap, step.chain);
      return { kind: "gap", gap, ...rest, from: isoOf(from), to: isoOf(to), sentence, ...printTrail(step.chain) };
    }
    case "progress":
      return step;
    case "summary": {
      const { from, to, found, ...rest } = step.summary;
      const span = found === undefined ? null : { from: isoOf(found.from), to: isoOf(found.to) };
      return { kind: "summary", ...rest, from: isoOf(from), to: isoOf(to), found: span };
    }
  }
}

function printTrail({
  accountId,
  organizationId,
  trailName,
  region,
  homeRegion,
  isBackfill,
}: ChainStep["chain"]): AuditedTrail {
  return { account: accountId, region, organization: organizationId, trail: trailName, homeRegion, isBackfill };
}

function printDigest({ chain, digest }: AuditStep & { readonly kind: "digest" }): AuditMessage {
  const { name, startsAt, endsAt, verdict, chainSince, object } = digest;
  return {
    kind: "digest",
    name,
    startsAt: isoOf(startsAt),
    // Of a link that names no digest's key nobody knows when it ended.
    endsAt: isoOf(Number.isFinite(endsAt) ? endsAt : 0),
    verdict: verdict.kind,
    reason: verdict.reason,
    chainSince: isoOf(chainSince),
    fingerprint: object?.digest?.digestPublicKeyFingerprint ?? "",
    sentence: sayDigest(digest),
    ...printTrail(chain),
  };
}

function printFile({ file }: AuditStep & { readonly kind: "log-file" }): AuditMessage {
  const { name, verdict, sha256 } = file;
  const { kind, reason, digest, chainSince, dueAt } = verdict;
  return {
    ...{ kind: "log-file", name, verdict: kind, reason, digest, sha256 },
    ...{ chainSince: isoOf(chainSince), dueAt: isoOf(dueAt), sentence: sayVerdict(verdict) },
  };
}
