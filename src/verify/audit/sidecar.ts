import { open, type FileHandle } from "node:fs/promises";
import { constants } from "node:fs";
import { dirname, join } from "node:path";
import type { DigestMetadata } from "../digests/digest-object.ts";
import { VerifyError } from "../errors.ts";

/** Metadata of objects that a copy on disk has lost, where somebody wrote it down. */
export interface Sidecar {
  /** `names` are those that an object may go by there; nothing where none of them is written down. */
  find(names: readonly string[]): DigestMetadata | undefined;
}

/** Some thousand years of hourly digests are not written down in one file. */
const sidecarBytesMax = 128 * 1024 * 1024;
const ownSidecarBytesMax = 64 * 1024;
/** A signature has 512 digits; S3 takes 2 KB of metadata in all. */
const valueCharactersMax = 4_096;

const lost: DigestMetadata = {
  signature: undefined,
  signatureAlgorithm: undefined,
  backfillGeneratedAt: undefined,
  isLost: true,
};

/** Of an object that nobody wrote anything down of. */
export const lostMetadata: DigestMetadata = lost;

/**
 * Reads the file that a person names, or `metadata.json` at a folder's top or beside it: a mapping of keys, with or
 * without the bucket in front, to what stood in `x-amz-meta-…`. A named file that cannot be used is refused.
 */
export async function readSidecar(folder: string, named: string | undefined): Promise<Sidecar> {
  const paths = named === undefined ? ["metadata.json", join("..", "metadata.json")] : [];
  const texts = named === undefined ? [] : [await readBounded(named, sidecarBytesMax).catch(refuse(named))];
  for (const path of paths) {
    if (texts.length > 0) break;
    const text = await readBounded(join(folder, path), sidecarBytesMax).catch(() => undefined);
    if (text !== undefined) texts.push(text);
  }
  const known = new Map<string, DigestMetadata>();
  for (const text of texts) {
    const value = parse(text);
    if (value === undefined && named !== undefined) refuse(named)(new Error("It is no JSON object"));
    for (const [key, one] of Object.entries(value ?? {})) {
      const metadata = metadataIn(one);
      if (metadata !== undefined) known.set(key, metadata);
    }
  }
  return {
    find: (names) => {
      const name = names.find((one) => known.has(one));
      return name === undefined ? undefined : known.get(name);
    },
  };
}

/** What lies beside an object's copy, `<file>.metadata.json`: as in a sidecar, or as `aws s3api head-object` prints it. */
export async function readOwnSidecar(path: string): Promise<DigestMetadata | undefined> {
  const text = await readBounded(`${path}.metadata.json`, ownSidecarBytesMax).catch(() => undefined);
  return text === undefined ? undefined : metadataIn(parse(text));
}

function metadataIn(value: unknown): DigestMetadata | undefined {
  if (!isObject(value)) return undefined;
  const within = value["Metadata"];
  const given = isObject(within) ? within : value;
  const text = (name: string) => {
    const found = given[name] ?? given[`x-amz-meta-${name}`];
    return typeof found === "string" && found.length <= valueCharactersMax ? found : undefined;
  };
  return {
    signature: text("signature"),
    signatureAlgorithm: text("signature-algorithm"),
    backfillGeneratedAt: text("backfill-generation-timestamp"),
    isLost: false,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function readBounded(path: string, bytesMax: number): Promise<string> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    if (size > bytesMax) throw new Error(`It has ${size} bytes`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** Nothing but a regular file, and no link to one elsewhere. */
async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error("It is no file");
}

function refuse(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new VerifyError(`The metadata in ${path} cannot be used: ${cause instanceof Error ? cause.message : "?"}`, {
      code: "verify-place-unreadable",
      fault: "user",
      help: `Name a file of JSON that maps each digest's key to its signature and signature-algorithm, in ${dirname(path)} or elsewhere`,
      cause,
    });
  };
}
