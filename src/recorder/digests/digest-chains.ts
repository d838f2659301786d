import { createHash } from "node:crypto";

import { type Collection, type LastingState, keyOf } from "../../base/lasting.ts";
import { type Outbox } from "../delivery/outbox.ts";
import { destinationOf, type DigestParcel, instantKey, type LogFileParcel } from "../delivery/parcel.ts";
import { type Outlets } from "../outlets.ts";
import { type Trail } from "../trail.ts";
import { type Chain, type DeliveredFile, type MissedWindow } from "./chain.ts";
import { type DigestContent, digestFile } from "./digest-file.ts";
import { type SigningKeys } from "./signing-keys.ts";

export interface DigestParts {
  readonly state: LastingState;
  readonly outbox: Outbox;
  readonly keys: SigningKeys;
  readonly outlets: Pick<Outlets, "organizationOf">;
  readonly regions: readonly string[];
  readonly digestMilliseconds: number;
}

/**
 * How many windows that passed while nothing ran get each a digest of their own. More than that become one long window:
 * a sandbox that was put away for weeks does not begin with thousands of digests.
 */
const windowsToCatchUp = 48;

/** The chains of all trails that validate their log files, and the log files that wait to be named. It all lasts. */
export class DigestChains {
  readonly #parts: DigestParts;
  readonly #chains: Collection<Chain>;
  readonly #delivered: Collection<DeliveredFile>;
  readonly #late: Collection<DeliveredFile>;
  readonly #missed: Collection<MissedWindow>;
  /** Regions that there are, and any other that something came from. */
  readonly #regions: Set<string>;

  constructor(parts: DigestParts) {
    this.#parts = parts;
    this.#chains = parts.state.collection<Chain>("recorder/digest-chains");
    this.#delivered = parts.state.collection<DeliveredFile>("recorder/delivered-files");
    this.#late = parts.state.collection<DeliveredFile>("recorder/late-files");
    this.#missed = parts.state.collection<MissedWindow>("recorder/missed-windows");
    this.#regions = new Set([...parts.regions, ...[...this.#chains.values()].map(({ region }) => region)]);
  }

  /** The trails that have a chain which is not at its end. */
  trailArns(): ReadonlySet<string> {
    return new Set([...this.#chains.values()].filter(({ isOpen }) => isOpen).map(({ trailArn }) => trailArn));
  }

  /** When the next window of any chain ends. */
  nextEnd(): number {
    return Math.min(...[...this.#chains.values()].filter(({ isOpen }) => isOpen).map(({ endsAt }) => endsAt), Infinity);
  }

  /** Notes a log file that has arrived; called within a change of the state. */
  noteDelivered(parcel: LogFileParcel): void {
    if (!parcel.isDigested) return;
    const { destination, accountId, region, key, sha256, oldestEventTime, newestEventTime, decidedAt } = parcel;
    const lane = keyOf(destination.trailArn, accountId, region);
    this.#regions.add(region);
    const isLate = decidedAt < (this.#chains.get(lane)?.startsAt ?? 0);
    const file = { bucket: destination.bucket, key, sha256, oldestEventTime, newestEventTime, decidedAt };
    (isLate ? this.#late : this.#delivered).put(keyOf(lane, instantKey(decidedAt), key), file);
  }

  /** Begins the chains that a trail ought to have and has not, and goes along with where the trail's files go. */
  async open(trail: Trail, now: number): Promise<void> {
    if (!isValidating(trail)) return;
    const destination = destinationOf(trail);
    const since = Math.max(trail.startedAt ?? 0, trail.validatesSince ?? 0);
    for (const [accountId, region] of await this.#lanes(trail)) {
      const lane = keyOf(trail.arn, accountId, region);
      const known = this.#chains.get(lane);
      if (known?.isOpen === true) {
        if (JSON.stringify(known.destination) !== JSON.stringify(destination)) {
          this.#chains.put(lane, { ...known, destination });
        }
        continue;
      }
      // A region or an account that the trail comes to later has no past that wants digests.
      const [oldest] = this.#delivered.values(keyOf(lane, ""));
      const isNew = since > now - this.#parts.digestMilliseconds;
      const from = isNew ? since : Math.min(now, oldest?.decidedAt ?? now);
      // Two digests that end in the same second would have the same name.
      const startsAt = Math.max(Math.floor(from / 1000) * 1000, known?.startsAt ?? 0);
      const endsAt = startsAt + this.#parts.digestMilliseconds;
      this.#chains.put(lane, {
        trailArn: trail.arn,
        accountId,
        region,
        destination,
        isOpen: true,
        since,
        startsAt,
        endsAt,
        previous: undefined,
        previousBackfill: known?.previousBackfill,
      });
    }
  }

  /** Makes the digests of a trail that are due, its last ones when it has ended, and those of late files. */
  async seal(trailArn: string, trail: Trail | undefined, now: number): Promise<void> {
    const lanes = trail === undefined ? [] : await this.#lanes(trail);
    const wanted = new Set(lanes.map(([accountId, region]) => keyOf(trailArn, accountId, region)));
    for (const [lane, chain] of [...this.#chains.entries(keyOf(trailArn, ""))]) {
      if (chain.isOpen) await this.#sealDue(lane, now, trail?.validatesLogFiles !== false);
      const due = this.#chains.get(lane);
      if (due?.isOpen === true && hasEnded(due, wanted.has(lane) ? trail : undefined)) await this.#sealLast(lane, now);
      await this.#sealLate(lane, now);
    }
  }

  async #sealDue(lane: string, now: number, staysOpen: boolean): Promise<void> {
    const { digestMilliseconds } = this.#parts;
    for (;;) {
      const chain = this.#chains.get(lane);
      if (chain === undefined || !chain.isOpen || chain.endsAt > now) return;
      const behind = Math.floor((now - chain.endsAt) / digestMilliseconds);
      const endsAt = behind > windowsToCatchUp ? chain.endsAt + behind * digestMilliseconds : chain.endsAt;
      await this.#sealWindow(lane, chain, { startsAt: chain.startsAt, endsAt }, staysOpen);
    }
  }

  /** The last digest of a chain holds all that has come up to its end (User Guide, "CloudTrail digest file structure"). */
  async #sealLast(lane: string, now: number): Promise<void> {
    const chain = this.#chains.get(lane);
    if (chain === undefined) return;
    const newest = [...this.#delivered.values(keyOf(lane, ""))].at(-1)?.decidedAt ?? 0;
    const end = Math.max(now, newest + 1, chain.startsAt + 1000);
    await this.#sealWindow(lane, chain, { startsAt: chain.startsAt, endsAt: Math.ceil(end / 1000) * 1000 }, false);
  }

  async #sealWindow(lane: string, chain: Chain, window: MissedWindow, isOpen: boolean): Promise<void> {
    const rows = [...this.#delivered.entries(keyOf(lane, ""))].filter(([, file]) => file.decidedAt < window.endsAt);
    const digest = { chain, window, files: rows.map(([, file]) => file), previous: chain.previous };
    const { parcel, asPrevious } = await this.#prepare({ ...digest, generatedAt: undefined }, window.endsAt);
    const isMissing = this.#hasUnderway(chain, window.endsAt);
    this.#parts.state.together(() => {
      this.#parts.outbox.put(parcel);
      for (const [key] of rows) this.#delivered.delete(key);
      if (isMissing) this.#missed.put(keyOf(lane, instantKey(window.endsAt)), window);
      const next = { startsAt: window.endsAt, endsAt: window.endsAt + this.#parts.digestMilliseconds };
      this.#chains.put(lane, { ...chain, ...next, isOpen, previous: asPrevious });
    });
  }

  /** Late log files get a digest for the window that they missed, when no more of it are on their way. */
  async #sealLate(lane: string, now: number): Promise<void> {
    for (const [missedKey, window] of [...this.#missed.entries(keyOf(lane, ""))]) {
      const chain = this.#chains.get(lane);
      // The oldest first: a window that still waits holds back the later ones, so that the chain follows the time.
      if (chain === undefined || this.#hasUnderway(chain, window.endsAt)) return;
      const rows = [...this.#late.entries(keyOf(lane, ""))].filter(([, file]) => file.decidedAt < window.endsAt);
      if (rows.length === 0) {
        this.#missed.delete(missedKey);
        continue;
      }
      const files = rows.map(([, file]) => file);
      const content = { chain, window, files, previous: chain.previousBackfill, generatedAt: now };
      const { parcel, asPrevious } = await this.#prepare(content, now);
      this.#parts.state.together(() => {
        this.#parts.outbox.put(parcel);
        for (const [key] of rows) this.#late.delete(key);
        this.#missed.delete(missedKey);
        this.#chains.put(lane, { ...chain, previousBackfill: asPrevious });
      });
    }
  }

  async #prepare(content: DigestContent, decidedAt: number) {
    const { destination, accountId, region } = content.chain;
    const { key, bytes, metadata, asPrevious } = await digestFile(content, this.#parts.keys);
    const id = createHash("sha256").update(`digest ${destination.trailArn} ${accountId} ${key}`).digest("hex");
    await this.#parts.outbox.writeBody(id, bytes);
    const parcel: DigestParcel = { kind: "digest", id, destination, accountId, region, decidedAt, key, metadata };
    return { parcel, asPrevious };
  }

  /** Whether log files that were decided on before an instant have still not arrived. */
  #hasUnderway({ trailArn, accountId, region }: Chain, before: number): boolean {
    const [oldest] = this.#parts.outbox.list(trailArn, "log-file", accountId, region);
    return oldest !== undefined && oldest.decidedAt < before;
  }

  async #lanes(trail: Trail): Promise<readonly (readonly [accountId: string, region: string])[]> {
    const regions = trail.isMultiRegion ? [...new Set([trail.homeRegion, ...this.#regions])] : [trail.homeRegion];
    const organization =
      trail.organizationId === undefined ? undefined : await this.#parts.outlets.organizationOf(trail.ownerId);
    const accounts = new Set([trail.ownerId, ...(organization?.memberIds ?? [])]);
    return [...accounts].flatMap((accountId) => regions.map((region) => [accountId, region] as const));
  }
}

function isValidating(trail: Trail): boolean {
  return trail.isLogging && trail.validatesLogFiles;
}

/**
 * Whether a chain's trail is no longer what the chain was begun for. A trail that merely no longer validates ends its
 * chain with the window that is under way (User Guide, "CloudTrail digest file structure": broken after one hour).
 */
function hasEnded(chain: Chain, trail: Trail | undefined): boolean {
  if (trail === undefined || !trail.isLogging) return true;
  if (!trail.validatesLogFiles) return false;
  return Math.max(trail.startedAt ?? 0, trail.validatesSince ?? 0) !== chain.since;
}
