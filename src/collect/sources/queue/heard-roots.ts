import { z } from "zod";
import { parseObjectKey, type NoticedObject } from "../../../cloudtrail/index.ts";
import type { ListingRoot } from "../../listing/branch.ts";
import type { SourceMemory } from "../source.ts";

const rootsKey = "queue/roots";
const keptRoots = z.array(z.object({ bucket: z.string(), prefix: z.string() }));

/** Buckets and prefixes that messages named, remembered: where the queue's log files lie. */
export class HeardRoots {
  readonly #memory: SourceMemory;
  readonly #roots: ListingRoot[];

  private constructor(memory: SourceMemory, roots: ListingRoot[]) {
    this.#memory = memory;
    this.#roots = roots;
  }

  static async open(memory: SourceMemory): Promise<HeardRoots> {
    return new HeardRoots(memory, [...(await rememberedRoots(memory))]);
  }

  get all(): readonly ListingRoot[] {
    return this.#roots;
  }

  /** Gives the root that an object lies below, where it is a new one. */
  async hearOf({ bucket, key }: NoticedObject): Promise<ListingRoot | undefined> {
    const parsed = parseObjectKey(key);
    if (!parsed.ok || parsed.key.folder === undefined) return undefined;
    const { prefix } = parsed.key.folder;
    if (this.#roots.some((root) => root.bucket === bucket && root.prefix === prefix)) return undefined;
    const root = { bucket, prefix };
    this.#roots.push(root);
    await this.#memory.set(new Map([[rootsKey, this.#roots]]));
    return root;
  }
}

/** What a queue's source has heard of, whether it runs or not. */
export async function rememberedRoots(memory: Pick<SourceMemory, "all">): Promise<readonly ListingRoot[]> {
  const remembered = keptRoots.safeParse((await memory.all(rootsKey)).get(rootsKey));
  return remembered.success ? remembered.data : [];
}
