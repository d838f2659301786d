import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AwsError } from "../../aws/index.ts";
import { type SigningKeys } from "../digests/signing-keys.ts";
import { type DeliveredObject, type Outlets, type TrailAddress } from "../outlets.ts";

/** Puts an object where the files are wanted beside the folder. */
export type PutObject = (object: DeliveredObject) => Promise<void>;

export interface FolderOutletsParts {
  readonly folder: string;
  readonly keys: SigningKeys;
  readonly regions: () => readonly string[];
  readonly alsoTo: PutObject | undefined;
  /** Told of each file that lies where it shall. */
  readonly delivered: (key: string) => void;
}

/** An AWS that is a folder: objects lie under their keys, and digests have what proves them beside them. */
export function folderOutlets(parts: FolderOutletsParts): Outlets {
  const { folder, alsoTo, delivered } = parts;
  return {
    async putObject(_trail: TrailAddress, object: DeliveredObject) {
      const path = pathOf(folder, object.key);
      await writeWhole(path, object.body);
      if (Object.keys(object.metadata).length > 0) {
        await writeWhole(`${path}.metadata.json`, printJson(object.metadata));
        await writePublicKeys(parts);
      }
      await alsoTo?.(object);
      delivered(object.key);
    },
    organizationOf: async () => undefined,
    putBusEvent: async () => undefined,
    publish: async () => none(),
    putLogEvents: async () => none(),
    probeBucket: async () => none(),
    probeKey: async () => none(),
    probeLogGroup: async () => none(),
    bucketRegion: async () => none(),
    describeKey: async () => none(),
  };
}

/** The trail of a recording has neither topic nor group nor key, and is not made by CloudTrail's API. */
function none(): never {
  throw new AwsError("UnsupportedOperationException", "A recording has files and nothing else");
}

/** A key of ours: its parts are an account, a region, a day and a name of letters and digits. */
function pathOf(folder: string, key: string): string {
  const parts = key.split("/");
  if (!parts.every((part) => /^[A-Za-z0-9_][\w.-]{0,254}$/.test(part))) {
    throw new TypeError("The key of a log file has a part that is no name");
  }
  return join(folder, ...parts);
}

/** Whole or not at all: who looks into the folder never sees half a file. */
async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}

/** The keys that digests are verified with, in the shape of `ListPublicKeys`. */
async function writePublicKeys({ folder, keys, regions }: FolderOutletsParts): Promise<void> {
  const all = regions().flatMap((region) => keys.list(region, 0, Number.MAX_SAFE_INTEGER));
  const PublicKeyList = all.map(({ value, validFrom, validTo, fingerprint }) => ({
    Value: Buffer.from(value).toString("base64"),
    ValidityStartTime: new Date(validFrom).toISOString(),
    ValidityEndTime: new Date(validTo).toISOString(),
    Fingerprint: fingerprint,
  }));
  await writeWhole(join(folder, "public-keys.json"), printJson({ PublicKeyList }));
}

function printJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
