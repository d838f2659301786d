import { dirname } from "node:path";
import type { FoundFile } from "../../find-files.ts";
import { walkFiles } from "../../find-files.ts";
import { logFileId } from "../../reading/log-file-id.ts";
import type { SourceMemory } from "../source.ts";

const keyPrefix = "read/";

/** What the files of one folder add up to, whatever their order. */
interface FolderSum {
  readonly files: number;
  readonly sum: bigint;
  readonly unread: number;
}

/**
 * Which files of a watched folder are read, each version by itself. Across restarts one line for each folder is kept, not
 * for each file: it holds when all in the folder is read and nothing has changed since; else that folder is handed over
 * again, and the store finds what it knows.
 */
export class ReadFiles {
  readonly #memory: SourceMemory;
  /** As the store numbers log files. */
  readonly #read = new Set<bigint>();
  readonly #kept: Map<string, unknown>;
  #folders = new Map<string, FolderSum>();

  private constructor(memory: SourceMemory, kept: ReadonlyMap<string, unknown>) {
    this.#memory = memory;
    this.#kept = new Map(kept);
  }

  static async open(memory: SourceMemory, root: string, signal: AbortSignal): Promise<ReadFiles> {
    const files = new ReadFiles(memory, await memory.all(keyPrefix));
    await files.#recall(root, signal);
    return files;
  }

  /** Before a look: what was summed up is counted anew. */
  beginLook(): void {
    this.#folders = new Map();
  }

  /** A look has met the file; says whether it is read. */
  meet(file: FoundFile): boolean {
    const id = idOf(file);
    const isRead = this.#read.has(id);
    const folder = dirname(file.path);
    const { files = 0, sum = 0n, unread = 0 } = this.#folders.get(folder) ?? {};
    this.#folders.set(folder, {
      files: files + 1,
      sum: BigInt.asUintN(64, sum + id),
      unread: unread + (isRead ? 0 : 1),
    });
    return isRead;
  }

  add(file: FoundFile): void {
    const id = idOf(file);
    if (this.#read.has(id)) return;
    this.#read.add(id);
    const folder = dirname(file.path);
    const before = this.#folders.get(folder);
    if (before) this.#folders.set(folder, { ...before, unread: before.unread - 1 });
  }

  /** After a look: keeps the folders of which all is read. */
  async keep(): Promise<void> {
    const changed = new Map<string, unknown>();
    for (const [folder, sum] of this.#folders) {
      const key = keyOf(folder);
      if (sum.unread === 0 && this.#kept.get(key) !== textOf(sum)) changed.set(key, textOf(sum));
    }
    if (changed.size === 0) return;
    await this.#memory.set(changed);
    for (const [key, text] of changed) this.#kept.set(key, text);
  }

  /** All files of folders that are as they were when all in them was read. */
  async #recall(root: string, signal: AbortSignal): Promise<void> {
    if (this.#kept.size === 0) return;
    const ids = new Map<string, bigint[]>();
    this.beginLook();
    for await (const one of walkFiles(root)) {
      signal.throwIfAborted();
      if ("reason" in one || !this.#kept.has(keyOf(dirname(one.path)))) continue;
      this.meet(one);
      const folder = dirname(one.path);
      const known = ids.get(folder);
      if (known) known.push(idOf(one));
      else ids.set(folder, [idOf(one)]);
    }
    for (const [folder, sum] of this.#folders) {
      if (this.#kept.get(keyOf(folder)) !== textOf(sum)) continue;
      for (const id of ids.get(folder) ?? []) this.#read.add(id);
    }
  }
}

function idOf({ path, version }: FoundFile): bigint {
  return logFileId(path, version);
}

/** Names of folders may be long and are anybody's: what is kept is a number. */
function keyOf(folder: string): string {
  return `${keyPrefix}${logFileId(folder, "folder").toString(16)}`;
}

function textOf({ files, sum }: FolderSum): string {
  return `${files}-${sum.toString(16)}`;
}
