import type { Branch } from "./branch.ts";
import { type Day, dayFolder, readDay } from "./days.ts";
import { type FolderLister, listFolders } from "./folder-lister.ts";

/** Says which days a branch has folders of, with one request for a year and one for a month that has any. */
export class BranchCalendar {
  readonly #branch: Branch;
  readonly #lister: FolderLister;
  /** Names of folders in a folder, ascending; only the newest few that were asked for are kept. */
  readonly #listed = new Map<string, readonly string[]>();

  constructor(branch: Branch, lister: FolderLister) {
    this.#branch = branch;
    this.#lister = lister;
  }

  /** The newest day up to that one, this included, that has a folder. */
  async newestUpTo(day: Day, signal: AbortSignal): Promise<Day | undefined> {
    const bound = dayFolder(day).slice(0, -1).split("/");
    const [year = "", month = ""] = bound;
    for (const y of await this.#upTo("", year, 4, signal)) {
      for (const m of await this.#upTo(`${y}/`, y === year ? month : "99", 2, signal)) {
        const isMonthOfBound = y === year && m === month;
        for (const d of await this.#upTo(`${y}/${m}/`, isMonthOfBound ? (bound[2] ?? "") : "99", 2, signal)) {
          const found = readDay(`${y}-${m}-${d}`);
          if (found !== undefined) return found;
        }
      }
    }
    return undefined;
  }

  async oldest(signal: AbortSignal): Promise<Day | undefined> {
    for (const y of (await this.#upTo("", "9999", 4, signal)).toReversed()) {
      for (const m of (await this.#upTo(`${y}/`, "99", 2, signal)).toReversed()) {
        for (const d of (await this.#upTo(`${y}/${m}/`, "99", 2, signal)).toReversed()) {
          const found = readDay(`${y}-${m}-${d}`);
          if (found !== undefined) return found;
        }
      }
    }
    return undefined;
  }

  /** Newest first. */
  async #upTo(folder: string, most: string, digits: number, signal: AbortSignal): Promise<readonly string[]> {
    let names = this.#listed.get(folder);
    if (names === undefined) {
      const { bucket, path } = this.#branch;
      const all = await listFolders(this.#lister, bucket, `${path}${folder}`, signal);
      names = all.filter((name) => name.length === digits && /^\d+$/.test(name)).sort();
      // Of months, one at a time is asked about.
      if (digits === 2 && folder.length > 5)
        for (const old of this.#listed.keys()) if (old.length > 5) this.#listed.delete(old);
      this.#listed.set(folder, names);
    }
    return names.filter((name) => name <= most).toReversed();
  }
}
