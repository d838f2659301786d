import type { FolderLister, ListedPage } from "./folder-lister.ts";

/** A bucket in memory that lists as S3 does, in small pages, and fails when it is told to. */
export class MadeBucket implements FolderLister {
  readonly #objects = new Map<string, { readonly sizeBytes: number; readonly etag: string }>();
  readonly #pageSize: number;
  /** Folders that were listed, in order. */
  readonly asked: string[] = [];
  /** Asked before each page; throws to fail there. */
  onPage: (folder: string, page: number) => void = () => undefined;

  constructor(pageSize = 1_000) {
    this.#pageSize = pageSize;
  }

  put(
    key: string,
    { sizeBytes = 100, etag = "1" }: { readonly sizeBytes?: number; readonly etag?: string } = {},
  ): void {
    this.#objects.set(key, { sizeBytes, etag });
  }

  get keys(): readonly string[] {
    return [...this.#objects.keys()];
  }

  async *pages(_bucket: string, folder: string, signal: AbortSignal): AsyncGenerator<ListedPage> {
    this.asked.push(folder);
    const below = this.keys.filter((key) => key.startsWith(folder)).sort();
    const names = new Set(
      below.map((key) => {
        const slash = key.indexOf("/", folder.length);
        return slash < 0 ? key : key.slice(0, slash + 1);
      }),
    );
    const all = [...names];
    for (let at = 0; at === 0 || at < all.length; at += this.#pageSize) {
      signal.throwIfAborted();
      await Promise.resolve();
      this.onPage(folder, at / this.#pageSize);
      const some = all.slice(at, at + this.#pageSize);
      const isObject = (name: string) => this.#objects.has(name);
      yield {
        folders: some.filter((name) => !isObject(name)),
        objects: some.flatMap((key) => {
          const object = this.#objects.get(key);
          return object === undefined ? [] : [{ key, ...object }];
        }),
      };
    }
  }
}
