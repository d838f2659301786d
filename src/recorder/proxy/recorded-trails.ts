import { printArn } from "../arn.ts";
import { type TrailSelectors } from "../../cloudtrail/index.ts";
import { type Trail } from "../trail.ts";
import { type WritableTrailBook } from "../trails/trail-book.ts";

export interface RecordedTrailSettings {
  readonly bucket: string;
  readonly validatesLogFiles: boolean;
  /** When this recording began, in milliseconds. */
  readonly since: number;
}

export const recordedTrailName = "recorded";

/** All that comes is taken: what is not to be recorded is not written down in the first place. */
const everything: TrailSelectors = {
  kind: "advanced",
  selectors: ["Management", "Data"].map((category) => ({
    fields: [{ field: "eventCategory", Equals: [category] }],
  })),
};

/** As many accounts and regions as a recording follows; a client may claim to be signed for any. */
const trailsMax = 256;

/**
 * The made-up trail that carries a recording: one of its name in each account and region where something happens, so
 * that each has its files and, where wanted, its chain of digests.
 */
export class RecordedTrails {
  readonly #book: WritableTrailBook;
  readonly #settings: RecordedTrailSettings;
  readonly #ready = new Set<string>();

  constructor(book: WritableTrailBook, settings: RecordedTrailSettings) {
    this.#book = book;
    this.#settings = settings;
    // Those of a recording that was killed go on: what it wrote down is still to be delivered.
    for (const trail of book.all()) if (trail.isLogging) this.#begin(trail.ownerId, trail.homeRegion);
  }

  /** Sees to it that what happens in an account and region is delivered; false when there are too many of them. */
  follow(accountId: string, region: string): boolean {
    if (this.#ready.has(`${accountId} ${region}`)) return true;
    if (this.#ready.size >= trailsMax) return false;
    this.#begin(accountId, region);
    return true;
  }

  regions(): readonly string[] {
    return [...new Set(this.#book.all().map(({ homeRegion }) => homeRegion))];
  }

  /** Ends the recording: the chains get their last digests, as when a trail's logging is stopped. */
  stop(at: number): void {
    for (const trail of this.#book.all())
      if (trail.isLogging) this.#book.put("stopped", { ...trail, isLogging: false, stoppedAt: at }, at);
    this.#ready.clear();
  }

  #begin(ownerId: string, region: string): void {
    const { bucket, validatesLogFiles, since } = this.#settings;
    const arn = printArn({ kind: "trail", region, accountId: ownerId, id: recordedTrailName });
    const before = this.#book.get(arn);
    const startedAt = before?.isLogging === true ? (before.startedAt ?? since) : since;
    const validatesSince = before?.validatesLogFiles === true ? (before.validatesSince ?? since) : since;
    const trail: Trail = {
      name: recordedTrailName,
      arn,
      ownerId,
      homeRegion: region,
      bucket,
      includesGlobalServiceEvents: true,
      isMultiRegion: false,
      validatesLogFiles,
      ...(validatesLogFiles && { validatesSince }),
      recordsOwnDeliveries: true,
      selectors: everything,
      insightSelectors: [],
      isLogging: true,
      startedAt,
      createdAt: before?.createdAt ?? since,
    };
    this.#ready.add(`${ownerId} ${region}`);
    if (before?.isLogging !== true) this.#book.put(before === undefined ? "created" : "started", trail, since);
    else if (JSON.stringify(before) !== JSON.stringify(trail)) this.#book.put("updated", trail, since);
  }
}
