import type { Clock } from "../../base/clock.ts";
import { authorityOf, awsAuthority, openSourceAws, type SourceReach } from "../../collect/index.ts";
import type { IntegrityTable } from "../../state/index.ts";
import type { PublicKey } from "../digests/digest-object.ts";
import { keyOfRow, rowOfKey } from "../digests/key-rows.ts";
import { Keys, keysFromListing } from "../digests/public-keys.ts";
import { VerifyError } from "../errors.ts";
import type { VerifyPlace } from "../place.ts";
import type { AuditRequest, Verification } from "../verification.ts";
import { audit } from "./audit.ts";
import { openBucketPlace } from "./bucket-place.ts";
import { openFolderPlace } from "./folder-place.ts";
import type { AuditStep } from "./report.ts";

export interface OpenAuditOptions {
  readonly clock: Clock;
  readonly customUserAgent: string;
  /** How to reach what a source collects from; nothing where it does not speak to AWS, or there is no such source. */
  readonly reach: (source: string) => Promise<SourceReach | undefined>;
  /** Keys that were ever seen; what an audit is told is added. */
  readonly keys: Pick<IntegrityTable, "keys" | "putKeys">;
}

/** Objects that are asked for at once; S3 answers each in some tens of milliseconds. */
const objectsAtOnce = 24;
/** From a disk they come quicker, and several at once only fill the wait for it. */
const filesAtOnce = 8;
const attemptsMax = 4;

/** Audits what a person asks for: finds the place, judges all that lies there, and remembers the keys that it hears of. */
export function openAudit(options: OpenAuditOptions): Verification["audit"] {
  return async function* (ask, signal): AsyncGenerator<AuditStep, void, undefined> {
    const { clock } = options;
    const { place: opened, authority } = await openPlace(ask, options, signal);
    await using place = opened;
    const keys = await knownKeys(options, authority);
    // What a person gives counts for this audit: who sends a forged bucket sends its keys, too.
    if (ask.place.publicKeys !== undefined) keys.add(await givenKeys(ask.place.publicKeys, ask, place, signal));
    const before = new Set(keys.all().map(({ region, fingerprint }) => `${region} ${fingerprint}`));
    const atOnce = ask.place.kind === "folder" ? filesAtOnce : objectsAtOnce;
    try {
      yield* audit(place, ask, { keys, now: () => clock.now(), filesAtOnce: atOnce }, signal);
    } finally {
      const heard = keys.all().filter(({ region, fingerprint }) => !before.has(`${region} ${fingerprint}`));
      const seenAt = clock.now();
      if (heard.length > 0) await options.keys.putKeys(heard.map((key) => rowOfKey(key, { authority, seenAt })));
    }
  };
}

interface OpenedPlace {
  readonly place: VerifyPlace;
  /** Whose keys count for what lies there. */
  readonly authority: string;
}

async function openPlace(
  { place }: AuditRequest,
  options: OpenAuditOptions,
  signal: AbortSignal,
): Promise<OpenedPlace> {
  const requestsAtOnce = objectsAtOnce;
  if (place.kind === "folder") {
    const { path, metadata } = place;
    return {
      place: await openFolderPlace({ path, metadata, requestsAtOnce: filesAtOnce, signal }),
      authority: awsAuthority,
    };
  }
  if (place.kind === "source") {
    const reach = await options.reach(place.source);
    if (reach === undefined || reach.roots.length === 0) throw notReachable(place.source, reach !== undefined);
    const { aws, region, roots, authority } = reach;
    const close = async () => reach[Symbol.asyncDispose]();
    return { place: openBucketPlace({ aws, region, roots, requestsAtOnce, close }), authority };
  }
  const { bucket, prefix, region, endpoint, roleArn, externalId, secrets = {} } = place;
  const { clock, customUserAgent } = options;
  const access = { region, endpoint, roleArn, externalId };
  const aws = openSourceAws(access, secrets, { clock, customUserAgent, maxAttempts: attemptsMax });
  const close = async () => aws[Symbol.asyncDispose]();
  return {
    place: openBucketPlace({ aws, region, roleArn, roots: [{ bucket, prefix }], requestsAtOnce, close }),
    authority: authorityOf(endpoint),
  };
}

async function knownKeys({ keys }: OpenAuditOptions, authority: string): Promise<Keys> {
  const rows = (await keys.keys()).filter((row) => row.authority === authority);
  return new Keys(rows.map(keyOfRow));
}

/** One listing does not say of which region it is: it is that of the region that is asked for, or of all that lie there. */
async function givenKeys(
  given: unknown,
  ask: AuditRequest,
  place: VerifyPlace,
  signal: AbortSignal,
): Promise<readonly PublicKey[]> {
  const isByRegion = typeof given === "object" && given !== null && !("PublicKeyList" in given);
  if (isByRegion) return Object.entries(given).flatMap(([region, listing]) => keysFromListing(listing, region));
  const regions = new Set((await place.lanes(signal)).map(({ region }) => region));
  const meant = ask.region === undefined ? [...regions] : [ask.region];
  return meant.flatMap((region) => keysFromListing(given, region));
}

function notReachable(source: string, isKnown: boolean): VerifyError {
  const message = isKnown
    ? `The source ${source} has not heard of any bucket yet`
    : `There is no source ${source} that reads buckets`;
  return new VerifyError(message, {
    code: "verify-place-empty",
    fault: "user",
    help: "Name the bucket itself: s3://bucket/prefix; trailwarden source list names the sources",
  });
}
