import { Agent as PlainAgent, type Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { type Clock, systemClock } from "../../base/clock.ts";
import { AwsCallError } from "../clients/client-error.ts";
import { type ClientOptions, type Credentials } from "../clients/client.ts";
import { defaultCredentials } from "../clients/default-credentials.ts";
import { signRequest } from "../signature/sign-request.ts";
import { askOnce, type ObjectAnswer, wasReused } from "./ask-once.ts";
import { objectAddress, type ObjectName } from "./object-address.ts";
import { waitBeforeRetryMs } from "./retry.ts";

export interface ObjectReaderOptions extends Pick<ClientOptions, "region" | "endpoint" | "isPathStyle"> {
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  readonly userAgent: string;
  /** How often an object is asked for, the first time included. */
  readonly attemptsMax?: number;
  readonly idleMs?: number;
  readonly clock?: Clock;
  /** From 0 to below 1, for how long to wait between attempts. */
  readonly random?: () => number;
}

export interface GetOptions {
  /** Where the bucket is, when not in the reader's own region. */
  readonly region?: string | undefined;
  readonly signal?: AbortSignal;
  /** Up to this size the body is read whole. */
  readonly heldBytesMax: number;
}

/** Gets objects of S3 with less work than the SDK's client has with it: many small ones is what collecting is. */
export interface ObjectReader extends AsyncDisposable {
  /** Rejects with `AwsCallError` where S3 refuses, else with what Node says of the network. */
  get(object: ObjectName, options: GetOptions): Promise<ObjectAnswer>;
}

const connectionsMax = 128;

export function objectReader(options: ObjectReaderOptions): ObjectReader {
  const { attemptsMax = 4, idleMs = 30_000, clock = systemClock, random = Math.random } = options;
  const credentialsOf = providerOf(options);
  const agents = makeAgents();
  // How far S3's clock is ahead of ours, once it said that they differ too much.
  let clockOffsetMs = 0;

  async function attempt(object: ObjectName, { region, signal, heldBytesMax }: GetOptions): Promise<ObjectAnswer> {
    const place = { ...options, region: region ?? options.region };
    const address = objectAddress(object, place);
    const headers = signRequest(
      { method: "GET", path: address.path, query: address.query, headers: { host: address.host } },
      { credentials: await credentialsOf(), region: place.region, service: "s3", at: clock.now() + clockOffsetMs },
    );
    headers["user-agent"] = options.userAgent;
    const agent = address.isTls ? agents.tls : agents.plain;
    return askOnce(address, { agent, headers, heldBytesMax, idleMs, signal });
  }

  return {
    async get(object, getOptions) {
      const { signal } = getOptions;
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(object, getOptions);
        } catch (error) {
          signal?.throwIfAborted();
          const offset = offsetOf(error, clock.now());
          const isClockSet = offset !== undefined && Math.abs(offset - clockOffsetMs) > 60_000;
          if (isClockSet) clockOffsetMs = offset;
          const isToRetryAtOnce = isClockSet || (tries === 1 && wasReused(error));
          const waitMs = isToRetryAtOnce ? 0 : waitBeforeRetryMs(error, tries, random);
          if (waitMs === undefined || tries >= attemptsMax) throw error;
          if (waitMs > 0) await clock.waitUntil(clock.now() + waitMs, signal);
        }
      }
    },
    [Symbol.asyncDispose]() {
      agents.plain.destroy();
      agents.tls.destroy();
      return Promise.resolve();
    },
  };
}

function makeAgents(): { readonly plain: Agent; readonly tls: Agent } {
  const kept = { keepAlive: true, maxSockets: connectionsMax, maxFreeSockets: connectionsMax };
  return { plain: new PlainAgent(kept), tls: new TlsAgent(kept) };
}

function providerOf({ credentials, region, endpoint }: ObjectReaderOptions): () => Promise<Credentials> {
  if (typeof credentials === "function") return credentials;
  if (credentials !== undefined) return () => Promise.resolve(credentials);
  return defaultCredentials({ region, ...(endpoint === undefined ? {} : { endpoint }) });
}

/** As the SDK's clients do: who is told that the clocks differ too much goes by S3's from then on. */
function offsetOf(error: unknown, now: number): number | undefined {
  if (!(error instanceof AwsCallError) || error.code !== "RequestTimeTooSkewed") return undefined;
  const serverAt = Date.parse(error.members["ServerDate"] ?? error.members["ServerTime"] ?? "");
  return Number.isNaN(serverAt) ? undefined : serverAt - now;
}
