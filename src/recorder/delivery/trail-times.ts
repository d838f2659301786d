import { type Collection, type LastingState, keyOf } from "../../base/lasting.ts";
import { type CloudTrailRecord, type SelectableRecord } from "../../cloudtrail/index.ts";
import { type Outlets } from "../outlets.ts";
import { type Trail, type TrailBook, wasLoggingAt } from "../trail.ts";
import { instantKey } from "./parcel.ts";

/** A trail as it was up to an instant. */
interface FormerTrail {
  readonly until: number;
  readonly trail: Trail;
}

/** One trail over time: as it was at any instant that records still wait from. */
export interface TrailTimes {
  /** As it is, or was last. */
  readonly latest: Trail;
  at(instant: number): Trail | undefined;
}

/**
 * Trails as they were when a record was made, although it is looked at minutes later: a trail that has been stopped,
 * changed or deleted since records what it recorded then.
 */
export class TrailHistory implements Disposable {
  readonly #book: TrailBook;
  readonly #outlets: Pick<Outlets, "organizationOf">;
  readonly #former: Collection<FormerTrail>;
  readonly #stopListening: () => void;

  constructor(book: TrailBook, state: LastingState, outlets: Pick<Outlets, "organizationOf">) {
    this.#book = book;
    this.#outlets = outlets;
    this.#former = state.collection<FormerTrail>("recorder/former-trails");
    this.#stopListening = book.onChange(({ kind, trail, before, at }) => {
      const former = before ?? (kind === "deleted" ? trail : undefined);
      if (former !== undefined) this.#former.put(keyOf(trail.arn, instantKey(at)), { until: at, trail: former });
    });
  }

  /** The trails that see an account's region, or did. */
  async seeing(accountId: string, region: string): Promise<readonly TrailTimes[]> {
    const latest = new Map((await this.#book.trailsFor(accountId, region)).map((trail) => [trail.arn, trail]));
    for (const { trail } of this.#former.values()) {
      if (!latest.has(trail.arn) && (await this.#sees(trail, accountId, region))) {
        latest.set(trail.arn, this.#book.get(trail.arn) ?? trail);
      }
    }
    return [...latest.values()].map((trail) => ({ latest: trail, at: (instant) => this.#at(trail.arn, instant) }));
  }

  /** Forgets how trails were before an instant that no record waits from any more. */
  forgetBefore(instant: number): void {
    for (const [key, { until }] of [...this.#former.entries()]) if (until < instant) this.#former.delete(key);
  }

  [Symbol.dispose](): void {
    this.#stopListening();
  }

  #at(arn: string, instant: number): Trail | undefined {
    for (const { until, trail } of this.#former.values(keyOf(arn, ""))) if (instant < until) return trail;
    return this.#book.get(arn);
  }

  async #sees(trail: Trail, accountId: string, region: string): Promise<boolean> {
    if (!trail.isMultiRegion && trail.homeRegion !== region) return false;
    if (trail.ownerId === accountId) return true;
    if (trail.organizationId === undefined) return false;
    return (await this.#outlets.organizationOf(accountId))?.id === trail.organizationId;
  }
}

/** How much later than the trail's end the record of the call that ended it may come, in milliseconds. */
const ownEndMilliseconds = 5000;

/**
 * The trail as it was when it took a record in, if it did. The call that stops or deletes a trail is the last that the
 * trail records (CloudTrail User Guide, "CloudTrail digest file structure", on the final digest), although it ends a
 * little after the trail has.
 */
export function takenBy(
  times: TrailTimes,
  at: number,
  record: SelectableRecord & Pick<CloudTrailRecord, "requestParameters">,
  selects: (trail: Trail, record: SelectableRecord) => boolean,
): Trail | undefined {
  const takes = (instant: number) => {
    const trail = times.at(instant);
    return trail !== undefined && wasLoggingAt(trail, instant) && selects(trail, record) ? trail : undefined;
  };
  const taken = takes(at);
  if (taken !== undefined || !isEndOf(times.latest, record)) return taken;
  for (let earlier = at; earlier > at - ownEndMilliseconds; earlier -= 250) {
    const before = takes(earlier);
    if (before !== undefined) return before;
  }
  return undefined;
}

function isEndOf(
  trail: Trail,
  record: Pick<CloudTrailRecord, "eventSource" | "eventName" | "requestParameters">,
): boolean {
  if (record.eventSource !== "cloudtrail.amazonaws.com") return false;
  if (record.eventName !== "StopLogging" && record.eventName !== "DeleteTrail") return false;
  const name = record.requestParameters?.["name"];
  return name === trail.name || name === trail.arn;
}
