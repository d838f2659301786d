import { randomBytes, randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";

import { type Clock } from "../../base/clock.ts";
import { type LastingState } from "../../base/lasting.ts";
import { type UserIdentity } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../api-call.ts";
import { recordCalls } from "../capture/record-calls.ts";
import { startDelivery } from "../delivery/delivery.ts";
import { SigningKeys } from "../digests/signing-keys.ts";
import { openJournal } from "../journal/journal.ts";
import { openTrailBook } from "../trails/trail-book.ts";
import { type RecordingFigures, Tally } from "./figures.ts";
import { folderOutlets, type PutObject } from "./folder-outlets.ts";
import { Identities } from "./identities.ts";
import { passOn, requestToPassOn, type Upstream } from "./pass-on.ts";
import { RecordedTrails } from "./recorded-trails.ts";
import { isRegion } from "./regions.ts";
import { listen, openUpstream, stop } from "./sockets.ts";
import { watchExchange, type WatchParts } from "./watch-exchange.ts";

export interface RecordingOptions {
  /** Where requests go: `http://127.0.0.1:9000`, without a path. */
  readonly upstream: string;
  /** On this machine only; 0 for one that is free. */
  readonly port: number;
  /** Where the log files go. */
  readonly folder: string;
  /** Where the journal lies, and what waits for delivery; of this recording alone. */
  readonly workFolder: string;
  readonly state: LastingState;
  readonly clock: Clock;
  /** The account of keys of which nobody has said another. */
  readonly accountId: string;
  /** The region of requests that are signed for none that AWS could have. */
  readonly region: string;
  /** Whose access keys are whose, as `readIdentities` reads them. */
  readonly identities?: ReadonlyMap<string, UserIdentity>;
  readonly logFileSeconds: number;
  readonly digestSeconds?: number;
  readonly withDataEvents: boolean;
  readonly withDigests: boolean;
  /** Where the files go besides; its name stands in the digests. */
  readonly bucket?: { readonly name: string; readonly put: PutObject };
  /** Told of the figures whenever they have changed. */
  readonly changed?: (figures: RecordingReport) => void;
  /** Told of what went wrong within. */
  readonly failed: (error: unknown) => void;
}

export interface RecordingReport extends RecordingFigures {
  /** Files that lie where they shall. */
  readonly delivered: number;
  /** Files that do not yet. */
  readonly waiting: number;
}

export interface Recording extends AsyncDisposable {
  /** `http://127.0.0.1:4567` */
  readonly url: string;
  figures(): RecordingReport;
  /** Delivers what there is without waiting for its time. */
  deliverNow(): Promise<void>;
}

/** What stands for a bucket in digests of files that are in none. */
const noBucket = "trailwarden-recorded";

/** Begins to pass requests on and to record them. When it is stopped it delivers what there is. */
export async function startRecording(options: RecordingOptions): Promise<Recording> {
  const { state, clock, folder, workFolder, failed, bucket } = options;
  const upstream = openUpstream(options.upstream);
  const tally = new Tally(() => changed());
  let delivered = 0;
  const figures = (): RecordingReport => ({ ...tally.figures(), waiting: delivery.figures().waiting, delivered });
  const changed = () => options.changed?.(figures());
  const journal = await openJournal(join(workFolder, "journal"));
  const keys = new SigningKeys(state);
  const book = openTrailBook(state, { organizationOf: async () => undefined });
  const trails = new RecordedTrails(book, {
    bucket: bucket?.name ?? noBucket,
    validatesLogFiles: options.withDigests,
    since: clock.now(),
  });
  const delivery = await startDelivery({
    clock,
    journal,
    state,
    folder: workFolder,
    trails: book,
    outlets: folderOutlets({
      folder,
      keys,
      regions: () => trails.regions(),
      alsoTo: bucket?.put,
      delivered() {
        delivered += 1;
        changed();
      },
    }),
    keys,
    random: { letters: (count) => randomBytes(count).toString("hex").slice(0, count) },
    settings: {
      regions: [],
      logFileSeconds: options.logFileSeconds,
      ...(options.digestSeconds !== undefined && { digestSeconds: options.digestSeconds }),
    },
    failed,
  });
  const identities = new Identities(options.accountId, options.identities ?? new Map(), state);
  const { accountId } = options;
  const region = isRegion(options.region) ? options.region : "us-east-1";
  const place = (call: ApiCall) => placed(call, trails, { accountId, region });
  const parts: WatchParts = {
    tally,
    withDataEvents: options.withDataEvents,
    scene: () => ({ identities, accountId, region, at: clock.now() }),
    record: (calls) => recordCalls(journal, calls.map(place), { uuid: randomUUID }),
    failed,
  };
  const underway = new Set<Promise<void>>();
  const take = (message: IncomingMessage, response: ServerResponse) => {
    if (!server.listening) response.shouldKeepAlive = false;
    const serving = serve(message, response, upstream, parts).finally(() => underway.delete(serving));
    underway.add(serving);
  };
  const server = await listen(options.port, take).catch(async (error: unknown) => {
    await delivery[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
    throw error;
  });
  async function end(): Promise<void> {
    await stop(server, upstream, underway);
    await delivery.deliverNow();
    if (options.withDigests) {
      trails.stop(clock.now());
      await delivery.deliverNow();
    }
    await delivery[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
  }
  let ending: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    figures,
    deliverNow: () => delivery.deliverNow(),
    [Symbol.asyncDispose]: () => (ending ??= end()),
  };
}

/** Where more accounts and regions come than are followed, the call goes to the place of those that have none. */
function placed(
  call: ApiCall,
  trails: RecordedTrails,
  otherwise: { readonly accountId: string; readonly region: string },
): ApiCall {
  const recipients = call.recipients.filter((recipient) => trails.follow(recipient, call.region));
  if (recipients.length > 0) return { ...call, recipients };
  trails.follow(otherwise.accountId, otherwise.region);
  return { ...call, recipients: [otherwise.accountId], region: otherwise.region };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  parts: WatchParts,
): Promise<void> {
  try {
    const passing = requestToPassOn(message);
    const sourceIp = (message.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
    await passOn(message, response, passing, upstream, await watchExchange(passing.request, sourceIp, parts));
  } catch (error) {
    parts.failed(error);
    response.destroy();
  }
}
