import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";

import { clientFor, type Credentials, type ServiceName } from "../aws/index.ts";
import { type ScaledClock } from "../base/clock.ts";
import {
  cloudTrailApi,
  type Delivery,
  openAuditLog,
  openHistory,
  openJournal,
  openTrailBook,
  recordCalls,
  SigningKeys,
  startDelivery,
  tidyLake,
} from "../recorder/index.ts";
import { createControl, FaultBoard, StoryPlays } from "./faults/index.ts";
import { describeEnded } from "./describe-ended.ts";
import { type AnyService, type EndedCall, startFront } from "./front/index.ts";
import { openAccounts } from "./identity/accounts.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { callerOfService } from "./identity/caller-of-service.ts";
import { type Identity, openIdentity } from "./identity/open-identity.ts";
import { openKeptClock } from "./kept-clock.ts";
import { openRandom } from "./random.ts";
import { recorderDelegations, recorderOutlets } from "./recorder-outlets.ts";
import { auditEventsService } from "./services/cloudtrail/audit-events.ts";
import { type StartedServices, startServices } from "./start-services.ts";
import { openState } from "./lasting/sqlite-state.ts";
import { sourceIpHeader } from "./stories/actor.ts";
import { createConsoleDoor } from "./stories/console-door.ts";
import { playStory, type StageOptions, stories, storyAccounts } from "./stories/index.ts";
import { type World } from "./world.ts";

export interface SandboxAccount {
  readonly id: string;
  readonly name: string;
}

export interface SandboxOptions {
  /** Where everything lasts; of one sandbox at a time. */
  readonly folder: string;
  /** 0 for one that is free. */
  readonly port: number;
  readonly seed: string;
  readonly accounts: readonly SandboxAccount[];
  /** Regions in which a trail of all regions has digests. */
  readonly regions: readonly string[];
  /** How many of its seconds pass in one. */
  readonly speed?: number;
  /** About so often log files are written, in seconds of its clock. */
  readonly logFileSeconds?: number;
  readonly digestSeconds?: number;
  /** Who asks for faults, the clock or stories below `/_trailwarden/` has to know it. */
  readonly token: string;
  /** Told of errors that are the sandbox's own. */
  readonly onFault: (error: unknown) => void;
}

/** The made-up AWS, running. */
export interface Sandbox extends AsyncDisposable {
  readonly url: string;
  readonly clock: ScaledClock;
  readonly world: World;
  readonly identity: Identity;
  readonly delivery: Delivery;
  readonly services: ReadonlyMap<ServiceName, AnyService>;
  readonly faults: FaultBoard;
  /** What stories are played on. */
  readonly stage: StageOptions;
  readonly plays: StoryPlays;
  /** A key with all rights in an account. */
  administrator(accountId: string): Credentials;
}

/** How many old entries the event history loses at once: nobody is answered meanwhile. */
const historyEntriesMax = 20_000;

const customUserAgent = "trailwarden-sandbox";

/** Starts the made-up AWS, or goes on where it was stopped. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  await using starting = new AsyncDisposableStack();
  const state = openState(join(folder, "state.sqlite"));
  starting.defer(() => state.close());

  const { clock } = starting.use(openKeptClock(state, options.speed));

  const accounts = openAccounts(state, () => clock.now());
  for (const { id, name } of options.accounts) accounts.create(id, { name });
  const random = openRandom(state, options.seed);
  const identity = openIdentity({ state, clock, random }, accounts);

  const journal = starting.use(await openJournal(join(folder, "journal")));
  const history = openHistory(join(folder, "history.sqlite"), { clock });
  starting.defer(() => history.close());
  const auditLog = openAuditLog(join(folder, "audit.sqlite"));
  starting.defer(() => auditLog.close());
  const keys = new SigningKeys(state);

  const onCall = async (ended: EndedCall) => {
    identity.recordUse({ ...ended, service: ended.operation.service.name });
    await recordCalls(journal, describeEnded(ended), { uuid: randomUUID });
  };

  const services = new Map<ServiceName, AnyService>();
  const administrator = (accountId: string) => identity.administrator(accountId);
  const place = { url: "" };
  const faults = new FaultBoard({
    clock,
    random,
    administrator: (accountId, region) => ({
      async call(service, operation, input) {
        const credentials = administrator(accountId);
        await using client = await clientFor(service, { endpoint: place.url, region, credentials, customUserAgent });
        return await client.call(operation, input);
      },
    }),
  });
  const recording = Promise.withResolvers<{
    readonly world: World;
    readonly delivery: Delivery;
    readonly started: StartedServices;
  }>();
  recording.promise.catch(() => undefined);
  const certificates: { find: (path: string) => string | undefined } = { find: () => undefined };
  const control = { answer: undefined as ((request: Request) => Promise<Response>) | undefined };
  const front = starting.use(
    await startFront({
      clock,
      port: options.port,
      extras: [auditEventsService({ state, auditLog, tokenKey: history.tokenKey, newId: randomUUID })],
      credentials: identity.credentials,
      authorizer: identity.authorizer,
      callerOfService: (as) => callerOfService(identity, as),
      sourceIpOf: (request, address) => sourceIpOf(request.headers[sourceIpHeader], address),
      onCall,
      onFault: options.onFault,
      beforeAnswer: (call) => faults.beforeAnswer(call),
      plainPaths(path) {
        const body = certificates.find(path);
        return body === undefined ? undefined : { contentType: "application/x-pem-file", body };
      },
      control: async (request) =>
        control.answer === undefined
          ? new Response("The sandbox is starting\n", { status: 503 })
          : control.answer(request),
      async services({ url, inside }) {
        place.url = url;
        const world: World = { clock, state, random, folder: join(folder, "objects"), url, accounts };
        const parts = { world, inside, identity, tell: onCall };
        const started = starting.use(await startServices(parts));
        for (const service of started.services) services.set(service.name, service);
        certificates.find = (path) => started.sns.certificateAt(path);
        const outlets = faults.around(
          recorderOutlets({
            inside,
            identity,
            buckets: started.s3.buckets,
            events: started.events,
            logs: started.logs,
            findService: (name) => services.get(name),
            now: () => clock.now(),
          }),
        );
        const trails = openTrailBook(state, outlets);
        const api = cloudTrailApi({
          state,
          trails,
          outlets,
          history,
          auditLog,
          publicKeys: keys,
          delegations: recorderDelegations(identity, () => clock.now()),
        });
        const cloudTrail = started.cloudTrail(api);
        services.set(cloudTrail.name, cloudTrail);
        const delivery = await startDelivery({
          clock,
          journal,
          state,
          folder: join(folder, "delivery"),
          trails,
          outlets,
          keys,
          random: { letters: (count) => random.letters(count) },
          history,
          failed: options.onFault,
          settings: {
            regions: options.regions,
            ...(options.logFileSeconds === undefined ? {} : { logFileSeconds: options.logFileSeconds }),
            ...(options.digestSeconds === undefined ? {} : { digestSeconds: options.digestSeconds }),
          },
        });
        recording.resolve({ world, delivery: starting.use(delivery), started });
        return [...services.values()];
      },
    }),
  );
  const { world, delivery, started } = await recording.promise;
  const stage: StageOptions = {
    endpoint: front.url,
    clock,
    seed: options.seed,
    administrators: {
      shop: administrator(storyAccounts.shop),
      staging: administrator(storyAccounts.staging),
      data: administrator(storyAccounts.data),
    },
    console: createConsoleDoor({
      identity,
      clock,
      tell: (call) => recordCalls(journal, [call], { uuid: randomUUID }),
    }),
  };
  const ending = new AbortController();
  starting.defer(() => ending.abort());
  const plays = new StoryPlays({
    clock,
    play: (story, { seed = stage.seed, signal, ...rest }) =>
      playStory(story, {
        ...stage,
        ...rest,
        seed,
        signal: AbortSignal.any(signal === undefined ? [ending.signal] : [signal, ending.signal]),
      }),
  });
  control.answer = createControl({
    board: faults,
    clock,
    stories,
    plays,
    token: options.token,
    accounts: () => describeAccounts(identity),
    deliveries: {
      figures: () => ({
        cloudTrail: delivery.figures(),
        sns: started.sns.deliveryFailures(),
        events: started.events.deliveryFailures(),
      }),
      deliverNow: () => delivery.deliverNow(),
    },
  });
  starting.use(
    startHousekeeping({
      clock,
      failed: options.onFault,
      chores: [
        ...started.chores,
        { name: "event history", run: () => void history.expire(historyEntriesMax) },
        { name: "event data stores", run: (now) => tidyLake({ state, auditLog }, now) },
      ],
    }),
  );
  const stack = starting.move();
  return {
    url: front.url,
    clock,
    world,
    identity,
    delivery,
    services,
    faults,
    stage,
    plays,
    administrator,
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

/** As the control API tells them. */
function describeAccounts({ accounts, organizations }: Identity): readonly object[] {
  return accounts.all().map((id) => {
    const { name, email } = accounts.get(id) ?? {};
    return { id, name, email, organizationId: organizations.organizationOf(id)?.id };
  });
}

/** Actors of stories say where they call from; only programs of this machine reach the sandbox at all. */
function sourceIpOf(said: string | readonly string[] | undefined, address: string): string {
  return typeof said === "string" && isIP(said) !== 0 ? said : address.replace(/^::ffff:/, "");
}
