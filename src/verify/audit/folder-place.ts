import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DigestMetadata, PublicKey } from "../digests/digest-object.ts";
import { VerifyError } from "../errors.ts";
import type { PlaceAnswer, VerifyPlace } from "../place.ts";
import { Branches } from "./branches.ts";
import { findTrees, pathsOf, treeLister } from "./copied-trees.ts";
import { readInside } from "./read-inside.ts";
import { lostMetadata, readOwnSidecar, readSidecar, type Sidecar } from "./sidecar.ts";

export interface FolderPlaceOptions {
  readonly path: string;
  /** A file with what the digests' metadata was in the bucket; looked for at the folder's top and beside it if not named. */
  readonly metadata?: string | undefined;
  readonly requestsAtOnce: number;
  readonly signal: AbortSignal;
}

/**
 * A folder that was copied from buckets as a place: `AWSLogs` at its top or somewhere below. What a copy loses, the
 * signatures in the objects' metadata, is taken from a sidecar where there is one. Links are never followed.
 */
export async function openFolderPlace(options: FolderPlaceOptions): Promise<VerifyPlace> {
  const { path, requestsAtOnce, signal } = options;
  const { root, start } = await realFolder(path);
  const trees = await findTrees(root, start, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unreadable(path, error);
  });
  const sidecar = await readSidecar(start === "" ? root : join(root, start), options.metadata);
  const roots = trees.map(({ bucket, prefix }) => ({
    bucket,
    prefix: start === "" ? `${prefix}AWSLogs` : `${prefix}${start}`,
  }));
  const branches = new Branches(treeLister(root, trees), roots, requestsAtOnce);

  return {
    name: path,
    isCopy: true,
    lanes: (stop) => branches.lanes(stop),
    list: (what, span, stop) => branches.list(what, span, stop),
    async get({ bucket, key }): Promise<PlaceAnswer> {
      for (const within of pathsOf(trees, bucket, key)) {
        const bytes = await readInside(root, within).catch((error: unknown) => {
          throw unreadable(join(root, within), error);
        });
        if (bytes === undefined) continue;
        return { ok: true, bytes, metadata: await metadataOf({ bucket, key, root, within, sidecar }) };
      }
      return { ok: false, reason: "not-found" };
    },
    // Whoever has a copy need not have AWS: keys are given, or known from before.
    publicKeys: () => Promise.resolve<readonly PublicKey[]>([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface Copied {
  readonly bucket: string;
  readonly key: string;
  readonly root: string;
  readonly within: string;
  readonly sidecar: Sidecar;
}

async function metadataOf({ bucket, key, root, within, sidecar }: Copied): Promise<DigestMetadata> {
  // Of log files nothing is asked but their bytes.
  if (!key.includes("/CloudTrail-Digest/")) return lostMetadata;
  const known = sidecar.find([`${bucket}/${key}`, `s3://${bucket}/${key}`, key, within]);
  return known ?? (await readOwnSidecar(join(root, within))) ?? lostMetadata;
}

/** A folder inside of `AWSLogs` may be named too: the keys begin above it. */
async function realFolder(path: string): Promise<{ readonly root: string; readonly start: string }> {
  try {
    const real = await realpath(path);
    if (!(await stat(real)).isDirectory()) throw new Error("It is no folder");
    const parts = real.split("/");
    const at = parts.lastIndexOf("AWSLogs");
    if (at < 0) return { root: real, start: "" };
    return { root: parts.slice(0, at).join("/") || "/", start: parts.slice(at).join("/") };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): VerifyError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new VerifyError(`The folder ${path} cannot be read: ${said}`, {
    code: "verify-place-unreadable",
    fault: "user",
    help: "Name a folder that was copied from a bucket with AWSLogs in it, which the user of the server may read",
    cause,
  });
}
