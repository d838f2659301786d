import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../base/clock.ts";
import type { RunningCollector } from "../collect/index.ts";
import { programVersion } from "../config/index.ts";
import type { AddressFiles } from "../detect/index.ts";
import { Search } from "../search/index.ts";
import type { State } from "../state/index.ts";
import { EventStore } from "../store/index.ts";
import type { RunImport } from "./api/imports.ts";
import type { RunningSetup } from "../setup/index.ts";
import type { Offers } from "./api/offers.ts";
import type { Verification } from "../verify/index.ts";
import type { Info } from "./api/info.ts";
import { bringSetup } from "./bring-setup.ts";
import { bringVerification } from "./bring-verification.ts";
import { Detecting } from "./detecting.ts";
import { ServerError } from "./errors.ts";
import { memoryGiver } from "./give-back-memory.ts";
import { madeUpSetting } from "./made-up.ts";
import { printMetrics } from "./metrics.ts";
import { WhenAsked } from "./when-asked.ts";

/** What the API answers from. */
export interface Services extends AsyncDisposable {
  readonly version: string;
  readonly now: () => number;
  readonly store: EventStore;
  readonly search: Search;
  readonly runImport: RunImport;
  /** Knows all sources; collects from them only after it was started. */
  readonly collector: RunningCollector;
  readonly offers: Offers;
  /** Brought in when it is first asked for; looks after deployments by itself only after it was started. */
  readonly openSetup: () => Promise<RunningSetup>;
  /** Brought in when it is first asked; judges by itself only after it was started. */
  readonly openVerification: () => Promise<Verification>;
  /** Rules, what they find, incidents, and who is told: each brought in when it is asked for. */
  readonly detecting: Detecting;
  readonly info: () => Promise<Info>;
  readonly metrics: () => Promise<string>;
}

export interface ServicesOptions {
  readonly dataDirectory: string;
  /** A Postgres server for all that lasts and is no event, instead of a file in the data folder. */
  readonly stateUrl?: string | undefined;
  /** Where people elsewhere open the console, for links in what they are told. */
  readonly publicUrl?: string | undefined;
  /** Files of the house's own that tell where addresses are. */
  readonly addressFiles?: AddressFiles | undefined;
  readonly now: () => number;
  /** Told of failures that are our own fault. */
  readonly onFailure?: (error: unknown) => void;
}

/** Opens everything that lasts in a data folder. Throws `store-in-use` when another process has it. */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { dataDirectory, stateUrl, publicUrl, addressFiles, now, onFailure = () => undefined } = options;
  await using stack = new AsyncDisposableStack();
  // Brought in when it is wanted: a command that asks a server starts sooner without it.
  const [{ applyBucketOffer, importFiles, openCollector, planBucketOffer }, { openState }] = await Promise.all([
    import("../collect/index.ts"),
    import("../state/index.ts"),
  ]);
  const store = stack.use(await EventStore.open({ directory: dataDirectory, now, onRest: memoryGiver() }));
  const state = stack.use(
    await openState({ directory: dataDirectory, ...(stateUrl === undefined ? {} : { url: stateUrl }) }),
  );
  await keepTogether(store, state);
  const version = programVersion();
  const customUserAgent = `trailwarden/${version}`;
  const search = new Search(store, now);
  const collector = stack.use(
    openCollector({
      state,
      store,
      clock: systemClock,
      directory: join(dataDirectory, "incoming"),
      customUserAgent,
      findMark: (mark, since) => findByUserAgent(search, mark, since),
      readQuery: (query) => search.predicateOf(query),
      onFailure,
    }),
  );
  const asking = { clock: systemClock, customUserAgent };
  const parts = { state, store, search, collector, customUserAgent, onFailure };
  const openRuleBook = () => detecting.openRuleBook();
  const setup = stack.use(new WhenAsked(() => bringSetup({ ...parts, openRuleBook })));
  const verification = stack.use(new WhenAsked(() => bringVerification({ ...parts, version })));
  const detecting = stack.use(new Detecting({ ...parts, version, dataDirectory, publicUrl, addressFiles }));
  let importing: Promise<unknown> | undefined;
  const closing = new AbortController();
  stack.defer(async () => {
    closing.abort(new DOMException("Stopped", "AbortError"));
    await importing?.catch(() => undefined);
  });
  const open = stack.move();
  return {
    version,
    now,
    store,
    search,
    collector,
    openSetup: () => setup.get(),
    async runImport(request, onProgress, signal) {
      if (importing) throw importRunning();
      const stop = AbortSignal.any([signal, closing.signal]);
      const running = importFiles(request, { store, now, onProgress, signal: stop });
      importing = running;
      try {
        return await running;
      } finally {
        importing = undefined;
      }
    },
    offers: {
      plan: (ask) => planBucketOffer(ask, asking),
      apply: (ask, planId) => applyBucketOffer(ask, planId, asking),
    },
    openVerification: () => verification.get(),
    detecting,
    info: async () => ({ version, madeUpNote: await store.setting(madeUpSetting), now: now() }),
    metrics: () => printMetrics({ store, state, detecting, now: systemClock.now() }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

const storeIdSetting = "store-id";

/**
 * A ledger says what one event store has read: with another store's, log files would be left out that this one has never
 * seen. Throws `state-elsewhere`.
 */
async function keepTogether(store: EventStore, { sources }: State): Promise<void> {
  const known = await store.setting(storeIdSetting);
  const own = known ?? randomUUID();
  if (known === undefined) await store.setSetting(storeIdSetting, own);
  const kept = (await sources.memory("", storeIdSetting)).get(storeIdSetting);
  if (kept === undefined) await sources.remember("", new Map([[storeIdSetting, own]]));
  else if (kept !== own) {
    throw new ServerError("The state belongs to another data folder: its ledger tells what that one has read", {
      code: "state-elsewhere",
      fault: "user",
      help: "Give each data folder a state of its own: another database in TRAILWARDEN_STATE_URL, or none",
    });
  }
}

/** The event of a call that was made with a certain word in its user agent. */
async function findByUserAgent(search: Search, mark: string, since: number): Promise<string | undefined> {
  const from = new Date(since).toISOString();
  const page = await search.fullPage({ query: `userAgent:*${mark}*`, from, limit: 1, order: "newest" });
  return page.events[0]?.id;
}

function importRunning(): ServerError {
  return new ServerError("An import is already running on this data folder", {
    code: "import-running",
    fault: "user",
    help: "Wait until it is done, then start the next",
  });
}

/** Tells whether anything was ever stored in a data folder; makes none. */
export async function holdsEvents(options: ServicesOptions): Promise<boolean> {
  if (!existsSync(join(options.dataDirectory, "events"))) return false;
  await using store = await EventStore.open({ directory: options.dataDirectory, now: options.now });
  return (await store.range()) !== undefined;
}
