import assert from "node:assert/strict";
import { join } from "node:path";
import type { Clock, ScaledClock } from "../../src/base/clock.ts";
import { openCollector, type RunningCollector, type SourceView } from "../../src/collect/index.ts";
import { ensureCollectionWiring, type CollectionWiring } from "../../src/sandbox/index.ts";
import { openSandbox, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { Search } from "../../src/search/index.ts";
import { openState, type State } from "../../src/state/index.ts";
import { EventStore } from "../../src/store/index.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";

/** The account that holds bucket, topic and queue. */
export const manager = "123456789012";

/** A made-up AWS whose log files are collected, with all that it takes. */
export interface CollectingPlace extends AsyncDisposable {
  readonly folder: string;
  readonly sandbox: TestSandbox;
  readonly wiring: CollectionWiring;
  readonly store: EventStore;
  readonly state: State;
  readonly collector: RunningCollector;
  readonly failures: readonly unknown[];
  /** Adds a queue source; `fields` replace its settings. */
  addQueue(name: string, fields?: Readonly<Record<string, unknown>>): Promise<SourceView>;
  /** Waits until a source is as wanted. */
  until(name: string, isEnough: (source: SourceView) => boolean | Promise<boolean>): Promise<SourceView>;
  /** What is in the queue, in flight or not. */
  queued(): Promise<number>;
  send(body: string): Promise<void>;
  /**
   * Lets the source work for a moment; at each fifth turn a minute passes, so that messages come again. Not at each, for
   * on a busy machine it would never end what it began before they do.
   */
  leap(turn: number): Promise<void>;
}

export interface CollectingOptions {
  /** The sandbox's own where not given: it can be pushed forward. */
  readonly clock?: Clock;
}

export async function openCollectingPlace(options: CollectingOptions = {}): Promise<CollectingPlace> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const sandbox = stack.use(await openSandbox());
  if (options.clock === undefined) passNextDelivery(sandbox.sandbox.clock);
  const wiring = await ensureCollectionWiring(sandbox.sandbox);
  const clock = options.clock ?? sandbox.sandbox.clock;
  const directory = join(folder.path, "data");
  const store = stack.use(await EventStore.open({ directory, now: () => clock.now() }));
  const state = stack.use(await openState({ directory }));
  const failures: unknown[] = [];
  const search = () => new Search(store, () => clock.now());
  const collector = stack.use(
    openCollector({
      state,
      store,
      clock,
      directory: join(directory, "incoming"),
      customUserAgent: "trailwarden-test",
      async findMark(mark) {
        const found = await search().page({ query: `userAgent:*${mark}*`, limit: 1, order: "newest" });
        return found.events[0]?.id;
      },
      readQuery: (query) => search().predicateOf(query),
      onFailure: (error) => void failures.push(error),
    }),
  );
  await collector.start();
  const sqs = await sandbox.client("sqs", { accountId: manager });
  const { queueUrl: QueueUrl, region, credentials } = wiring;
  const { accessKeyId, secretAccessKey } = credentials;
  const open = stack.move();
  return {
    folder: folder.path,
    sandbox,
    wiring,
    store,
    state,
    collector,
    failures,
    async addQueue(name, fields = {}) {
      const settings = { queueUrl: QueueUrl, region, endpoint: sandbox.sandbox.url, ...fields };
      const { source } = await collector.add({
        name,
        type: "queue",
        settings,
        secrets: { accessKeyId, secretAccessKey },
      });
      return source;
    },
    async until(name, isEnough) {
      for (let turn = 0; turn < 2_000; turn++) {
        const source = await collector.get(name);
        if (await isEnough(source)) return source;
        await settle();
      }
      return assert.fail(`The source never was as wanted: ${JSON.stringify(await collector.get(name), undefined, 1)}`);
    },
    async queued() {
      const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
      const { Attributes = {} } = await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: [...names] });
      return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
    async send(MessageBody) {
      await sqs.call("SendMessage", { QueueUrl, MessageBody });
    },
    async leap(turn) {
      if (turn % 5 === 4) sandbox.sandbox.clock.advance(61_000);
      await settle();
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** So that the made-up CloudTrail delivers nothing by itself in the five minutes that follow. */
function passNextDelivery(clock: ScaledClock): void {
  const every = 5 * 60_000;
  clock.advance(every - (clock.now() % every) + 1000);
}

/** Lets the servers of this process and the engine's go on. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50));
}
