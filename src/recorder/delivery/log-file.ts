import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { keyDay, logFileName, printObjectKey } from "../../cloudtrail/index.ts";
import { type Destination } from "./parcel.ts";

const compress = promisify(gzip);

/** A log file's bytes and what a digest says of them. */
export interface LogFileBody {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Records as CloudTrail stores them: one JSON object, one gzip member. */
export async function logFileBody(records: readonly string[]): Promise<LogFileBody> {
  const text = Buffer.from(`{"Records":[${records.join(",")}]}`);
  return { bytes: await compress(text), sha256: createHash("sha256").update(text).digest("hex") };
}

/** `[<prefix>/]AWSLogs/[<organization>/]<account>/CloudTrail/<region>/<day>/<file>` */
export function logFileKey(
  destination: Destination,
  file: { readonly accountId: string; readonly region: string; readonly at: number; readonly unique: string },
): string {
  const { accountId, region, at, unique } = file;
  return printObjectKey({
    kind: "log",
    accountId,
    region,
    folder: {
      prefix: destination.keyPrefix ?? "",
      organizationId: destination.organizationId,
      day: keyDay(at),
    },
    fileName: logFileName({ kind: "log", accountId, region, deliveredAt: at, unique }),
    deliveredAt: at,
    digest: undefined,
  });
}

const nameSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * The 16 letters and digits that keep one file from overwriting another. They come from chance and from something that
 * never repeats, because seeded chance does repeat when the process starts again.
 */
export function uniqueName(chance: string, never: string): string {
  const bytes = createHash("sha256").update(`${chance}\u0000${never}`).digest().subarray(0, 16);
  return [...bytes].map((byte) => nameSigns[byte % nameSigns.length]).join("");
}
