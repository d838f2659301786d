import { keyDay, parseObjectKey } from "../../cloudtrail/index.ts";
import { type Branch, discover, type FolderLister, listFolders, type ListingRoot } from "../../collect/index.ts";
import { VerifyError } from "../errors.ts";
import type { Lane, ListSpan, PlaceObject } from "../place.ts";

/** A branch with the organization that its path names. */
interface LaneBranch extends Branch {
  readonly lane: Lane;
}

const dayMs = 86_400_000;
/** A span of so many days is asked for day by day; of a longer one it is first asked which days there are. */
const daysAskedBlindly = 40;

/** Finds what CloudTrail put below some roots, by its folders, and lists it in order with several requests at once. */
export class Branches {
  readonly #lister: FolderLister;
  readonly #roots: readonly ListingRoot[];
  readonly #atOnce: number;
  #found: Promise<readonly LaneBranch[]> | undefined;

  constructor(lister: FolderLister, roots: readonly ListingRoot[], atOnce: number) {
    this.#lister = lister;
    this.#roots = roots;
    this.#atOnce = atOnce;
  }

  async lanes(signal: AbortSignal): Promise<readonly Lane[]> {
    const lanes = new Map((await this.#all(signal)).map(({ lane }) => [laneId(lane), lane]));
    return [...lanes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lane]) => lane);
  }

  async *list(what: "digests" | "log-files", span: ListSpan, signal: AbortSignal): AsyncGenerator<PlaceObject> {
    const wanted = span.lane === undefined ? undefined : laneId(span.lane);
    const branches = (await this.#all(signal)).filter(
      ({ kind, lane }) =>
        (kind === "digest") === (what === "digests") && (wanted === undefined || laneId(lane) === wanted),
    );
    yield* aheadInOrder(this.#folders(branches, span, signal), this.#atOnce, ({ bucket, folder }) =>
      this.#objects(bucket, folder, signal),
    );
  }

  #all(signal: AbortSignal): Promise<readonly LaneBranch[]> {
    this.#found ??= this.#discover(signal);
    return this.#found;
  }

  async #discover(signal: AbortSignal): Promise<readonly LaneBranch[]> {
    const branches = new Map<string, LaneBranch>();
    for (const root of this.#roots) {
      const options = { lister: this.#lister, signal, whyNot: () => undefined, isWanted: () => true };
      const { branches: found, failures, isCut } = await discover(root, options);
      // Who leaves out what cannot be listed would call the rest whole.
      if (failures.length > 0) throw failures[0];
      if (isCut && found.length === 0) throw tooManyFolders(root);
      for (const branch of found) branches.set(`${branch.bucket}/${branch.path}`, { ...branch, lane: laneOf(branch) });
    }
    return [...branches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, branch]) => branch);
  }

  /** Folders of days, in order; days that are not there cost one request each. */
  async *#folders(branches: readonly LaneBranch[], span: ListSpan, signal: AbortSignal): AsyncGenerator<DayFolder> {
    const [from, to] = [Math.max(0, span.from), Math.min(span.to, latest)];
    if (to < from) return;
    for (const { bucket, path } of branches) {
      const days =
        to - from <= daysAskedBlindly * dayMs ? daysOf(from, to) : this.#days(bucket, path, from, to, signal);
      for await (const day of days) yield { bucket, folder: `${path}${day}/` };
    }
  }

  /** Those that have a folder: one request for the years, one for each year and each month. */
  async *#days(bucket: string, path: string, from: number, to: number, signal: AbortSignal): AsyncGenerator<string> {
    const [first, last] = [keyDay(from), keyDay(to)];
    const within = async (folder: string, digits: number) => {
      const names = await listFolders(this.#lister, bucket, `${path}${folder}`, signal);
      return names
        .filter((name) => name.length === digits && /^\d+$/.test(name))
        .sort()
        .map((name) => `${folder}${name}`)
        .filter((day) => day >= first.slice(0, day.length) && day <= last.slice(0, day.length));
    };
    for (const year of await within("", 4)) {
      for (const month of await within(`${year}/`, 2)) yield* await within(`${month}/`, 2);
    }
  }

  async *#objects(bucket: string, folder: string, signal: AbortSignal): AsyncGenerator<readonly PlaceObject[]> {
    for await (const { objects } of this.#lister.pages(bucket, folder, signal)) {
      yield objects.filter(({ key }) => !key.endsWith("/")).map(({ key }) => ({ bucket, key }));
    }
  }
}

interface DayFolder {
  readonly bucket: string;
  readonly folder: string;
}

/** The last day that a folder can be named for. */
const latest = Date.UTC(9999, 11, 31);

function* daysOf(from: number, to: number): Generator<string> {
  for (let at = Math.floor(from / dayMs) * dayMs; at <= to; at += dayMs) yield keyDay(at);
}

function laneOf({ path, accountId, region }: Branch): Lane {
  const parsed = parseObjectKey(`${path}2000/01/01/_`);
  return { accountId, region, organizationId: (parsed.ok && parsed.key.folder?.organizationId) || "" };
}

/** A lane in one word. */
export function laneId({ accountId, region, organizationId }: Lane): string {
  return `${accountId}/${region}/${organizationId}`;
}

/** What pages of several units hold, in the order of the units; the first page of the next few is asked for meanwhile. */
async function* aheadInOrder<Unit, Item>(
  units: AsyncIterable<Unit>,
  atOnce: number,
  pagesOf: (unit: Unit) => AsyncGenerator<readonly Item[]>,
): AsyncGenerator<Item> {
  type Begun = { readonly pages: AsyncGenerator<readonly Item[]>; first: Promise<IteratorResult<readonly Item[]>> };
  const begun: Begun[] = [];
  const left = units[Symbol.asyncIterator]();
  const begin = async () => {
    const next = await left.next();
    if (next.done === true) return;
    const pages = pagesOf(next.value);
    const first = pages.next();
    // It may fail while an earlier one is still read; who awaits it hears of it.
    first.catch(() => undefined);
    begun.push({ pages, first });
  };
  for (let count = 0; count < atOnce; count++) await begin();
  for (let unit = begun.shift(); unit !== undefined; unit = begun.shift()) {
    for (let page = await unit.first; page.done !== true; page = await unit.pages.next()) yield* page.value;
    await begin();
  }
}

function tooManyFolders({ bucket, prefix }: ListingRoot): VerifyError {
  return new VerifyError(`s3://${bucket}/${prefix} has so many folders that CloudTrail's were not found among them`, {
    code: "verify-place-empty",
    fault: "user",
    help: "Name the prefix that AWSLogs lies under: s3://bucket/prefix",
  });
}
