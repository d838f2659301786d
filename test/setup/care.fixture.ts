import assert from "node:assert/strict";
import { join } from "node:path";
import type { AwsClient, Credentials, ServiceName } from "../../src/aws/index.ts";
import type { ScaledClock } from "../../src/base/clock.ts";
import { openCollector, type RunningCollector } from "../../src/collect/index.ts";
import { openSandbox, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { Search } from "../../src/search/index.ts";
import { eventFinder } from "../../src/server/find-culprit.ts";
import { sourceBook } from "../../src/server/source-book.ts";
import {
  type DeploymentRequest,
  type HistoryEntry,
  openSetup,
  type RunningSetup,
  storedRecords,
  storedVolumes,
  type WishRequest,
} from "../../src/setup/index.ts";
import { openState } from "../../src/state/index.ts";
import { EventStore } from "../../src/store/index.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { settle } from "../way/collecting.fixture.ts";

/** Account of the deployment where a test says no other, and the organization's management account. */
export const ownAccount = "111122223333";
export const manager = "123456789012";
export const region = sandboxRegion;
export const deploymentName = "example";

/** An account of the made-up AWS under care: its log files are collected, and whoever changes it is known. */
export interface CarePlace extends AsyncDisposable {
  readonly accountId: string;
  readonly sandbox: TestSandbox;
  readonly clock: ScaledClock;
  readonly setup: RunningSetup;
  readonly collector: RunningCollector;
  readonly failures: readonly unknown[];
  /** A client of the account's administrator, of whom no test suspects anything. */
  readonly admin: <S extends ServiceName>(service: S, at?: string) => Promise<AwsClient<S>>;
  /** A client of the user mallory, who may do everything, and her key. */
  readonly malloryKey: Credentials;
  readonly mallory: <S extends ServiceName>(service: S, at?: string) => Promise<AwsClient<S>>;
  /** Plans and applies, and waits until the first probe has come. */
  setUp(wish?: WishRequest): Promise<void>;
  /** Lets CloudTrail deliver, and the source read, until it is so; so much time passes between two looks. */
  until(isEnough: () => Promise<boolean>, what: string, stepMs?: number): Promise<void>;
  /** Newest first. */
  history(): Promise<readonly HistoryEntry[]>;
  /** Waits for an entry that was not there before. */
  told(kind: string, before: readonly HistoryEntry[]): Promise<HistoryEntry>;
  /** Whether an event is stored that a query finds. */
  finds(query: string): Promise<boolean>;
}

export interface CareOptions {
  readonly accountId?: string;
  readonly deployment?: Partial<DeploymentRequest>;
  /** Time flies, and every probe is good at once: where it is about what is found and mended only. */
  readonly isQuick?: boolean;
}

/** Opens store, state, collector, search and set-up on the clock of a made-up AWS, with one deployment. */
export async function openCarePlace(options: CareOptions = {}): Promise<CarePlace> {
  const { accountId = ownAccount, deployment = {}, isQuick = false } = options;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const sandbox = stack.use(await openSandbox({ seed: "care" }));
  const { clock } = sandbox.sandbox;
  passNextDelivery(clock);
  // AWS's event history is asked twice a second of this clock, and no more.
  clock.setSpeed(isQuick ? 100 : 5);
  const directory = join(folder.path, "data");
  const store = stack.use(await EventStore.open({ directory, now: () => clock.now() }));
  const state = stack.use(await openState({ directory }));
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const search = new Search(store, () => clock.now());
  const customUserAgent = "trailwarden-test";
  const collector = stack.use(
    openCollector({
      state,
      store,
      clock,
      directory: join(directory, "incoming"),
      customUserAgent,
      async findMark(mark) {
        const found = await search.page({ query: `userAgent:*${mark}*`, limit: 1, order: "newest" });
        return found.events[0]?.id;
      },
      readQuery: (query) => search.predicateOf(query),
      onFailure,
    }),
  );
  await collector.start();
  const setup = stack.use(
    openSetup({
      table: state.deployments,
      clock,
      customUserAgent,
      volumes: storedVolumes(store),
      records: (ask, signal) => storedRecords(store, ask, signal),
      events: eventFinder(search),
      sources: isQuick ? { ...sourceBook(collector), probe: quickProbe } : sourceBook(collector),
      onFailure,
    }),
  );
  const keeper = await makeUser(sandbox, accountId, "trailwarden");
  const intruder = await makeUser(sandbox, accountId, "mallory");
  await setup.add({
    name: deploymentName,
    accountId,
    region,
    depth: "care",
    automatic: ["all"],
    endpoint: sandbox.sandbox.url,
    secrets: { accessKeyId: keeper.accessKeyId, secretAccessKey: keeper.secretAccessKey },
    ...deployment,
  });
  const open = stack.move();
  const clientOf = <S extends ServiceName>(service: S, at: string, credentials?: Credentials) =>
    sandbox.client(service, { accountId, region: at, ...(credentials === undefined ? {} : { credentials }) });
  const history = () => setup.history(deploymentName, { limit: 200 });
  const place: CarePlace = {
    accountId,
    sandbox,
    clock,
    setup,
    collector,
    failures,
    admin: (service, at = region) => clientOf(service, at),
    malloryKey: intruder,
    mallory: (service, at = region) => clientOf(service, at, intruder),
    async setUp(wish = {}) {
      const before = await history();
      const { plan } = await setup.plan(deploymentName, wish);
      assert.deepEqual(plan.obstacles, []);
      const run = await setup.apply(deploymentName, plan.id, wish, () => undefined);
      assert.equal(run.status, "done", JSON.stringify(run.steps.filter(({ status }) => status !== "done")));
      await place.told("probe", before);
    },
    async until(isEnough, what, stepMs = 1_000) {
      for (let turn = 0; turn < 200; turn++) {
        if (await isEnough()) return;
        await sandbox.sandbox.delivery.deliverNow();
        // The source, and whoever waits for a probe, look every second of this clock.
        clock.advance(stepMs);
        await settle();
      }
      assert.fail(`${what}: ${JSON.stringify(await collector.list(), undefined, 1)}`);
    },
    history,
    async told(kind, before) {
      const old = new Set(before.map(({ id }) => id));
      const find = async () => (await history()).find((entry) => entry.kind === kind && !old.has(entry.id));
      await place.until(async () => (await find()) !== undefined, `The history tells of no ${kind}`);
      const entry = await find();
      assert.ok(entry !== undefined);
      return entry;
    },
    async finds(query) {
      const { events } = await search.page({ query, limit: 1, order: "newest" });
      return events.length > 0;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
  return place;
}

function quickProbe(): Promise<{ readonly isGood: boolean; readonly sentence: string }> {
  return Promise.resolve({ isGood: true, sentence: "Nobody looked" });
}

/** A user who may do everything, with a key. */
async function makeUser(sandbox: TestSandbox, accountId: string, UserName: string): Promise<Credentials> {
  const iam = await sandbox.client("iam", { accountId });
  await iam.call("CreateUser", { UserName });
  await iam.call("AttachUserPolicy", { UserName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  const { AccessKey: key } = await iam.call("CreateAccessKey", { UserName });
  return { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
}

/** So that the made-up CloudTrail delivers nothing by itself in the five minutes that follow. */
function passNextDelivery(clock: ScaledClock): void {
  const every = 5 * 60_000;
  clock.advance(every - (clock.now() % every) + 1000);
}
