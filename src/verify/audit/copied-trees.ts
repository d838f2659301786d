import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { FolderLister, ListedPage } from "../../collect/index.ts";
import { readDigestObject } from "../digests/read-digest-object.ts";
import { Branches } from "./branches.ts";
import { readInside } from "./read-inside.ts";
import { lostMetadata } from "./sidecar.ts";

/** A tree of CloudTrail's as it was copied: which keys of which bucket its files are. */
export interface CopiedTree {
  readonly bucket: string;
  /** Of the keys, before `AWSLogs/`; empty, or with a slash at its end. */
  readonly prefix: string;
  /** Folders that hold an `AWSLogs` of it, below the copy's own; usually one. */
  readonly folders: readonly string[];
}

const searchMax = { depth: 12, folders: 20_000 };
/** So many digests are asked which bucket they are of. */
const digestsAsked = 64;
const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Finds every `AWSLogs` below a folder, and asks the digests in it which keys of which bucket they were written to. */
export async function findTrees(root: string, start: string, signal: AbortSignal): Promise<readonly CopiedTree[]> {
  const trees = new Map<string, { readonly bucket: string; readonly prefix: string; readonly folders: string[] }>();
  for (const folder of await findLogFolders(root, start, signal)) {
    const { bucket, prefix } = (await askDigests(root, folder, signal)) ?? guess(root, folder);
    const tree = trees.get(`${bucket}/${prefix}`) ?? { bucket, prefix, folders: [] };
    tree.folders.push(folder);
    trees.set(`${bucket}/${prefix}`, tree);
  }
  return [...trees.values()];
}

/** Lists keys of copied trees as if their buckets were asked; what is a link is not there. */
export function treeLister(root: string, trees: readonly CopiedTree[]): FolderLister {
  return {
    async *pages(bucket, folder, signal): AsyncGenerator<ListedPage> {
      signal.throwIfAborted();
      const names = new Map<string, boolean>();
      for (const path of pathsOf(trees, bucket, folder)) {
        for (const entry of await entriesOf(join(root, path))) {
          if (entry.isDirectory() || entry.isFile()) names.set(entry.name, entry.isDirectory());
        }
      }
      const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
      yield {
        folders: sorted.flatMap(([name, isFolder]) => (isFolder ? [`${folder}${name}/`] : [])),
        objects: sorted.flatMap(([name, isFolder]) =>
          isFolder ? [] : [{ key: `${folder}${name}`, sizeBytes: 0, etag: "" }],
        ),
      };
    },
  };
}

/** Where a key may lie below the copy's folder; none where it would lead out of it. */
export function pathsOf(trees: readonly CopiedTree[], bucket: string, key: string): readonly string[] {
  return trees
    .filter((tree) => tree.bucket === bucket && key.startsWith(`${tree.prefix}AWSLogs/`))
    .flatMap(({ prefix, folders }) => {
      const below = key.slice(prefix.length);
      const parts = (below.endsWith("/") ? below.slice(0, -1) : below).split("/");
      const isPlain = parts.every((part) => part !== "" && part !== "." && part !== ".." && !/[\0\\]/.test(part));
      return isPlain ? folders.map((folder) => join(folder, ...parts)) : [];
    });
}

async function findLogFolders(root: string, start: string, signal: AbortSignal): Promise<readonly string[]> {
  if (start !== "") return [""];
  const found: string[] = [];
  const waiting = [{ path: "", depth: 0 }];
  let searched = 0;
  for (let next = waiting.shift(); next !== undefined && searched < searchMax.folders; next = waiting.shift()) {
    signal.throwIfAborted();
    searched++;
    const names = (await entriesOf(join(root, next.path))).filter((entry) => entry.isDirectory());
    if (names.some(({ name }) => name === "AWSLogs")) found.push(next.path);
    if (next.depth >= searchMax.depth) continue;
    for (const { name } of names) {
      if (name !== "AWSLogs") waiting.push({ path: join(next.path, name), depth: next.depth + 1 });
    }
  }
  return found.sort();
}

/** What most of them say; one that lies elsewhere than it says is told apart later. */
async function askDigests(
  root: string,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<CopiedTree, "bucket" | "prefix"> | undefined> {
  const provisional = [{ bucket: "", prefix: "", folders: [folder] }];
  const branches = new Branches(treeLister(root, provisional), [{ bucket: "", prefix: "AWSLogs" }], 1);
  const votes = new Map<string, { readonly bucket: string; readonly prefix: string; count: number }>();
  let asked = 0;
  for await (const { key } of branches.list("digests", everything, signal)) {
    if (asked++ >= digestsAsked) break;
    const bytes = await readInside(root, join(folder, key));
    const object = bytes && readDigestObject({ bucket: "", key, bytes, metadata: lostMetadata });
    const { digestS3Bucket: bucket, digestS3Object: own } = object?.digest ?? {};
    if (bucket === undefined || own === undefined || !own.endsWith(key)) continue;
    const prefix = own.slice(0, -key.length);
    if (prefix !== "" && !prefix.endsWith("/")) continue;
    const vote = votes.get(`${bucket}/${prefix}`) ?? { bucket, prefix, count: 0 };
    vote.count++;
    votes.set(`${bucket}/${prefix}`, vote);
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0];
}

/** Nobody says it: the top folder is taken for the bucket's name, as people copy it. */
function guess(root: string, folder: string): Pick<CopiedTree, "bucket" | "prefix"> {
  const [top, ...rest] = folder.split("/").filter((part) => part !== "");
  const bucket = top ?? root.split("/").at(-1) ?? "";
  return { bucket, prefix: rest.map((part) => `${part}/`).join("") };
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    // A day that there is no folder of has no files.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}
