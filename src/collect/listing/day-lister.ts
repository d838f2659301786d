import type { Clock } from "../../base/clock.ts";
import type { Ledger, LedgerEntry } from "../../state/index.ts";
import type { SourceMemory } from "../sources/source.ts";
import { type Branch, branchOfKey, type ListingRoot, rootPath } from "./branch.ts";
import { type Day, dayOf } from "./days.ts";
import { DayPlan, keptPlan, type DueLook, type KeptPlan } from "./day-plan.ts";
import { discover, type Discovery } from "./discover.ts";
import type { FolderLister } from "./folder-lister.ts";
import { lookAtDay } from "./look-at-day.ts";
import type { Rhythm } from "./rhythm.ts";
import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import { growingPauseMs } from "../../base/growing-pause.ts";

export interface DayListerOptions {
  /** Whose entries in the ledger new objects become. */
  readonly source: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly memory: SourceMemory;
  readonly lister: FolderLister;
  readonly roots: readonly ListingRoot[];
  /** How often the folders are looked into that log files come into now; those of digests may be more rarely. */
  readonly everyMs: number;
  /** Folders of earlier days are left alone; by default, those before the day on which it ran first. */
  readonly fromDay?: Day | undefined;
  readonly whyNot?: (accountId: string) => string | undefined;
  /** Given what is new and to be read; when it resolves, more may come. */
  readonly take: (entries: readonly LedgerEntry[]) => Promise<void>;
  /** All that was due was looked into. */
  readonly onLooked?: () => void;
  /** The bucket refused; it is tried again. */
  readonly onTrouble?: (error: unknown, what: string) => void;
  readonly onStrange?: (kind: string, count: number) => void;
  /** Folders were searched for accounts and regions. */
  readonly onDiscovered?: (discoveries: ReadonlyMap<ListingRoot, Discovery>) => void;
}

/** Branches that are looked into together, in a rhythm of their own. */
interface Track {
  readonly rhythm: Rhythm;
  readonly memoryKey: string;
  readonly plan: DayPlan;
  keptAt: number;
}

const minute = 60_000;
const memoryKeys: Readonly<Record<Rhythm, string>> = { "log files": "listing", digests: "listing-digests" };
const foldersAtOnce = 6;
/** So many refusals one after the other, and the rest is not asked for now. */
const refusalsMax = 5;
/** New accounts and regions are searched for so often, sooner by who looks often, more rarely where that takes long. */
const discoverMs = { least: 5 * minute, most: 60 * minute, timesItsLength: 20 };
const retryMs = { first: 2_000, most: minute };
/** What is forgotten in between is only that today was looked into. */
const keepEveryMs = 10 * minute;

/**
 * Looks into the folders of days in buckets, in the rhythm in which they fill, and gives what the ledger does not have,
 * whenever it came and however it is named.
 */
export class DayLister {
  readonly #options: DayListerOptions;
  /** The one that waits its turn comes first. */
  readonly #tracks: Track[];
  readonly #roots: ListingRoot[];
  readonly #branches = new Map<string, Branch>();
  readonly #firstFound = Promise.withResolvers<void>();
  /** When the source began to list. */
  readonly began: number;
  #discoverAt = 0;
  #refusals = 0;
  #isDiscoveredWell = false;
  #wake = new AbortController();

  private constructor(options: DayListerOptions, began: number, kept: Readonly<Record<Rhythm, KeptPlan>>) {
    const { everyMs, fromDay = dayOf(began) } = options;
    const track = (rhythm: Rhythm): Track => ({
      rhythm,
      memoryKey: memoryKeys[rhythm],
      plan: new DayPlan(kept[rhythm], { fromDay, everyMs, rhythm }),
      keptAt: -Infinity,
    });
    this.#options = options;
    this.#roots = [...options.roots];
    this.#tracks = [track("log files"), track("digests")];
    this.began = began;
  }

  static async open(options: DayListerOptions): Promise<DayLister> {
    const { memory, clock, ledger, source } = options;
    const [files, digests] = await Promise.all([
      readKept(memory, memoryKeys["log files"]),
      readKept(memory, memoryKeys.digests),
    ]);
    const began = files?.began ?? clock.now();
    const fresh = { began, looks: {} };
    // A source that began before digests were collected looks for them in all of its days, and forgives those left out.
    if (digests === undefined) await ledger.takeUpAgain({ source, isDigest: true }, ["left out"]);
    const lister = new DayLister(options, began, { "log files": files ?? fresh, digests: digests ?? fresh });
    if (files === undefined || digests === undefined) for (const track of lister.#tracks) await lister.#keep(track);
    return lister;
  }

  get branches(): readonly Branch[] {
    return [...this.#branches.values()];
  }

  /** Resolves when the folders were searched for the first time; rejects when the signal is aborted first. */
  async discovered(signal: AbortSignal): Promise<void> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(signal.reason as Error);
    signal.throwIfAborted();
    signal.addEventListener("abort", stop, { once: true });
    await Promise.race([this.#firstFound.promise, promise]).finally(() => signal.removeEventListener("abort", stop));
  }

  /** Another place to look in. */
  addRoot(root: ListingRoot): void {
    if (this.#roots.some((known) => known.bucket === root.bucket && rootPath(known) === rootPath(root))) return;
    this.#roots.push(root);
    this.#discoverAt = 0;
    this.#wake.abort();
  }

  /** Somebody else has heard of an object: its account and region are listed from now on. */
  hearOf({ bucket, key }: { readonly bucket: string; readonly key: string }): void {
    const branch = branchOfKey(bucket, key);
    const isOurs = this.#roots.some((root) => root.bucket === bucket && key.startsWith(rootPath(root)));
    if (branch && isOurs && this.#whyNot(branch.accountId) === undefined) this.#add(branch);
  }

  /** Looks until the signal is aborted; then it rejects with the signal's reason. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      const at = await this.lookOnce(signal);
      this.#wake = new AbortController();
      if (at <= clock.now()) continue;
      await clock.waitUntil(at, AbortSignal.any([signal, this.#wake.signal])).catch(() => undefined);
      signal.throwIfAborted();
    }
  }

  /** Does the one thing that is due first; gives the instant at which the next one is. */
  async lookOnce(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const { clock } = this.#options;
    if (this.#discoverAt <= clock.now()) await this.#discover(signal);
    let at = this.#discoverAt;
    for (const track of this.#tracks) {
      const next = this.#branchesOf(track).length === 0 ? { at: Infinity } : track.plan.next(clock.now());
      if ("at" in next) at = Math.min(at, next.at);
      else {
        this.#tracks.reverse();
        await this.#look(track, next, signal);
        return clock.now();
      }
    }
    return at;
  }

  async #discover(signal: AbortSignal): Promise<void> {
    const { clock, lister, everyMs, onTrouble, onDiscovered } = this.#options;
    const began = clock.now();
    this.#discoverAt = Infinity;
    const found = new Map<ListingRoot, Discovery>();
    const failures: (readonly [unknown, ListingRoot])[] = [];
    for (const root of this.#roots) {
      try {
        const whyNot = (id: string) => this.#whyNot(id);
        const discovery = await discover(root, { lister, signal, whyNot });
        found.set(root, discovery);
        for (const branch of discovery.branches) this.#add(branch);
        failures.push(...discovery.failures.map((error) => [error, root] as const));
      } catch (error) {
        signal.throwIfAborted();
        failures.push([error, root]);
      }
    }
    const now = clock.now();
    const [failure] = failures;
    if (failure) {
      onTrouble?.(failure[0], `the bucket ${failure[1].bucket}`);
      this.#refusals++;
      this.#discoverAt = Math.min(this.#discoverAt, now + growingPauseMs(retryMs, this.#refusals - 1));
    } else {
      this.#refusals = 0;
      const least = Math.min(discoverMs.least, 10 * everyMs);
      const often = Math.max(least, (now - began) * discoverMs.timesItsLength);
      const wait = this.#branches.size === 0 ? Math.min(everyMs, least) : Math.min(often, discoverMs.most);
      // A root that was added meanwhile is searched at once.
      this.#discoverAt = Math.min(this.#discoverAt, now + wait);
    }
    this.#isDiscoveredWell = failure === undefined;
    if (found.size > 0) onDiscovered?.(found);
    if (found.size === this.#roots.length) this.#firstFound.resolve();
    this.#tellLooked();
  }

  async #look(track: Track, due: DueLook, signal: AbortSignal): Promise<void> {
    const { source, ledger, clock, lister, take, onTrouble, onStrange = () => undefined } = this.#options;
    const began = clock.now();
    const failed: Branch[] = [];
    const failure: { first?: unknown } = {};
    let refusals = 0;
    await forEachAtOnce(due.only ?? this.#branchesOf(track), foldersAtOnce, async (branch) => {
      if (refusals >= refusalsMax) {
        failed.push(branch);
        return;
      }
      try {
        const context = { source, ledger, clock, lister, onStrange };
        for await (const unread of lookAtDay(branch, due.day, context, signal)) await take(unread);
        refusals = 0;
      } catch (error) {
        signal.throwIfAborted();
        refusals++;
        failed.push(branch);
        if (!("first" in failure)) failure.first = error;
      }
    });
    track.plan.looked(due, began, failed, clock.now());
    const [branch] = failed;
    if (branch) onTrouble?.(failure.first, `the bucket ${branch.bucket}`);
    else if (due.day < dayOf(began) || clock.now() - track.keptAt >= keepEveryMs) await this.#keep(track);
    this.#tellLooked();
  }

  #tellLooked(): void {
    if (this.#isDiscoveredWell && this.#tracks.every(({ plan }) => plan.isWell)) this.#options.onLooked?.();
  }

  #branchesOf({ rhythm }: Track): readonly Branch[] {
    return this.branches.filter(({ kind }) => (kind === "digest") === (rhythm === "digests"));
  }

  #add(branch: Branch): void {
    const id = `${branch.bucket}/${branch.path}`;
    if (this.#branches.has(id)) return;
    this.#branches.set(id, branch);
    this.#wake.abort();
  }

  #whyNot(accountId: string): string | undefined {
    return this.#options.whyNot?.(accountId);
  }

  async #keep(track: Track): Promise<void> {
    track.keptAt = this.#options.clock.now();
    await this.#options.memory.set(new Map([[track.memoryKey, track.plan.kept()]]));
  }
}

async function readKept(memory: SourceMemory, key: string): Promise<KeptPlan | undefined> {
  const remembered = keptPlan.safeParse((await memory.all(key)).get(key));
  return remembered.success ? remembered.data : undefined;
}
