export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** Its ETag, without quotation marks. */
  readonly etag: string;
}

export interface ListedPage {
  /** Whole paths that end with a slash. */
  readonly folders: readonly string[];
  readonly objects: readonly ListedObject[];
}

/** Says what lies directly in a folder of a bucket. */
export interface FolderLister {
  /**
   * All of it, page by page; rejects when the bucket refuses, also half-way. The folder ends with a slash, or is empty for
   * the bucket itself.
   */
  pages(bucket: string, folder: string, signal: AbortSignal): AsyncIterable<ListedPage>;
}

/** Names of the folders directly in a folder, without slashes. */
export async function listFolders(
  lister: FolderLister,
  bucket: string,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  for await (const page of lister.pages(bucket, folder, signal)) {
    names.push(...page.folders.map((path) => path.slice(folder.length, -1)));
  }
  return names;
}
