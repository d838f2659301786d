import { type Branch, branchAt, levelOf, type ListingRoot, rootPath } from "./branch.ts";
import type { FolderLister } from "./folder-lister.ts";

export interface DiscoverOptions {
  readonly lister: FolderLister;
  readonly signal: AbortSignal;
  /** Why an account is left out; its folders are not looked into then. */
  readonly whyNot: (accountId: string) => string | undefined;
}

/** What lies below a root. */
export interface Discovery {
  readonly branches: readonly Branch[];
  /** Accounts that were left out. */
  readonly leftOut: ReadonlySet<string>;
  /** Objects and folders beside CloudTrail's; they are left alone. */
  readonly foreign: number;
  /** Folders that could not be looked into. */
  readonly failures: readonly unknown[];
  /** There are so many other folders that not all were searched for log files. */
  readonly isCut: boolean;
}

/** How deep below a root `AWSLogs` is looked for, and in how many folders. */
const searchMax = { depth: 3, folders: 200 };

/** Finds accounts, kinds and regions by their folders. Rejects only when the root itself cannot be listed. */
export async function discover(root: ListingRoot, options: DiscoverOptions): Promise<Discovery> {
  const search = new Search(root, options);
  await search.begin();
  return search.found();
}

class Search {
  readonly #root: ListingRoot;
  readonly #options: DiscoverOptions;
  readonly #branches: Branch[] = [];
  readonly #leftOut = new Set<string>();
  readonly #failures: unknown[] = [];
  #foreign = 0;
  #searched = 0;
  #isCut = false;

  constructor(root: ListingRoot, options: DiscoverOptions) {
    this.#root = root;
    this.#options = options;
  }

  found(): Discovery {
    return {
      branches: this.#branches.sort((a, b) => (a.path < b.path ? -1 : 1)),
      leftOut: this.#leftOut,
      foreign: this.#foreign,
      failures: this.#failures,
      isCut: this.#isCut,
    };
  }

  async begin(): Promise<void> {
    const path = rootPath(this.#root);
    // A root may be as narrow as one branch.
    const branch = levelOf(path) === "branch" ? branchAt(this.#root.bucket, path) : undefined;
    if (branch === undefined) await this.#look(path, path.split("/").length);
    else this.#branches.push(branch);
  }

  async #look(path: string, rootDepth: number): Promise<void> {
    const { lister, signal } = this.#options;
    const within: string[] = [];
    for await (const { folders, objects } of lister.pages(this.#root.bucket, path, signal)) {
      this.#foreign += objects.filter(({ key }) => !key.endsWith("/")).length;
      for (const folder of folders) if (this.#isEntered(folder, rootDepth)) within.push(folder);
    }
    await Promise.all(
      within.map(async (folder) => {
        try {
          await this.#look(folder, rootDepth);
        } catch (error) {
          signal.throwIfAborted();
          this.#failures.push(error);
        }
      }),
    );
  }

  /** Whether a folder is to be looked into; a branch is taken down instead. */
  #isEntered(path: string, rootDepth: number): boolean {
    const { whyNot } = this.#options;
    const level = levelOf(path);
    if (level === "above") return this.#isSearched(path, rootDepth);
    if (level === "logs" || level === "organization") return true;
    const accountId = /\/(\d{12})\//.exec(path.slice(path.lastIndexOf("AWSLogs/")))?.[1] ?? "";
    if (level === "account") {
      if (whyNot(accountId) === undefined) return true;
      this.#leftOut.add(accountId);
      return false;
    }
    const branch = branchAt(this.#root.bucket, level === "kind" ? `${path}us-east-1/` : path);
    if (level === "foreign" || level === "below" || branch === undefined) {
      this.#foreign++;
      return false;
    }
    if (level === "kind") return true;
    this.#branches.push(branch);
    return false;
  }

  #isSearched(path: string, rootDepth: number): boolean {
    if (path.split("/").length - rootDepth > searchMax.depth) return false;
    if (++this.#searched > searchMax.folders) this.#isCut = true;
    return !this.#isCut;
  }
}
