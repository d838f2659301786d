import type { Keys } from "../digests/public-keys.ts";
import { VerifyError } from "../errors.ts";
import type { Lane, VerifyPlace } from "../place.ts";
import { auditLane } from "./audit-lane.ts";
import { KeyRing } from "./key-ring.ts";
import type { AuditAsk, AuditStep } from "./report.ts";
import { Seeing } from "./seeing.ts";
import { Tally } from "./tally.ts";
import { walkLikeAwsCli } from "./walk-like-aws-cli.ts";

export interface AuditOptions {
  /** Those that are known; grows by what the place tells. */
  readonly keys: Keys;
  readonly now: () => number;
  readonly filesAtOnce: number;
}

/** Judges all that lies in a place from end to end: digests, what they name, and what no digest names. */
export async function* audit(
  place: VerifyPlace,
  ask: AuditAsk,
  options: AuditOptions,
  signal: AbortSignal,
): AsyncGenerator<AuditStep, void, undefined> {
  const span = { from: ask.from, to: ask.to < Number.MAX_SAFE_INTEGER ? ask.to : options.now() };
  const tally = new Tally(span, options.now());
  const lanes = (await place.lanes(signal)).filter((lane) => isAsked(lane, ask));
  if (lanes.length === 0) throw placeEmpty(place, ask);
  const ring = new KeyRing(options.keys, place);
  await using seeing = new Seeing();
  const parts = { ...options, ...span, place, ask, ring, seeing, signal };
  if (ask.isLikeAwsCli === true) {
    yield* counted(walkLikeAwsCli(lanes, parts), tally);
  } else {
    let progress = { done: 0, total: 0 };
    for (const lane of lanes) {
      for await (const step of counted(auditLane(lane, { ...parts, progress }), tally)) {
        if (step.kind === "progress") progress = step;
        yield step;
      }
    }
  }
  yield { kind: "summary", summary: tally.summary(options.now()) };
}

async function* counted(steps: AsyncIterable<AuditStep>, tally: Tally): AsyncGenerator<AuditStep, void, undefined> {
  for await (const step of steps) {
    tally.count(step);
    yield step;
  }
}

function isAsked({ accountId, region }: Lane, ask: AuditAsk): boolean {
  return (ask.accountId ?? accountId) === accountId && (ask.region ?? region) === region;
}

function placeEmpty(place: VerifyPlace, { accountId, region }: AuditAsk): VerifyError {
  const of = [accountId && `account ${accountId}`, region].filter((part) => part !== undefined).join(" in ");
  return new VerifyError(`There is nothing of CloudTrail${of === "" ? "" : ` of ${of}`} in ${place.name}`, {
    code: "verify-place-empty",
    fault: "user",
    help: "Name what AWSLogs lies in: a bucket, s3://bucket/prefix, or a folder that was copied from one",
  });
}
