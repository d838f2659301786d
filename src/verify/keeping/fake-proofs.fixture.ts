import type {
  CountedIn,
  DigestVerdictRow,
  NamedLogFile,
  ProofStore,
  ReadLogFile,
  StoredDigest,
  UnjudgedSelection,
  VerdictHour,
  VerdictRow,
  VerdictSelection,
} from "../../store/index.ts";
import { objectOfName } from "../names.ts";

const hourMs = 3_600_000;

/** A store of proofs in memory that does what the engine's does; a write may be made to fail, as when a process is killed. */
export class FakeProofs implements ProofStore {
  readonly digestRows: StoredDigest[] = [];
  readonly digestVerdictRows = new Map<string, DigestVerdictRow>();
  readonly namedRows = new Map<string, NamedLogFile>();
  readonly verdictRows = new Map<string, VerdictRow>();
  readonly read = new Map<string, ReadLogFile>();
  /** How often each kind of row was written, for who wants nothing to be written twice. */
  readonly written = { digestVerdicts: 0, named: 0, verdicts: 0 };
  /** Called before each write; may throw. */
  beforeWrite: (what: string) => void = () => undefined;

  putDigests(digests: readonly StoredDigest[]): Promise<void> {
    for (const digest of digests) {
      const isKnown = this.digestRows.some(({ name, sha256 }) => name === digest.name && sha256 === digest.sha256);
      if (!isKnown) this.digestRows.push(digest);
    }
    this.digestRows.sort((a, b) => a.endsAt - b.endsAt || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return Promise.resolve();
  }

  async putDigestVerdicts(rows: readonly DigestVerdictRow[]): Promise<void> {
    await this.#write("digest verdicts", () => {
      this.written.digestVerdicts += rows.length;
      for (const row of rows) this.digestVerdictRows.set(row.name, row);
    });
  }

  async putNamed(rows: readonly NamedLogFile[]): Promise<void> {
    await this.#write("named", () => {
      this.written.named += rows.length;
      for (const row of rows) this.namedRows.set(row.name, row);
    });
  }

  async putVerdicts(rows: readonly VerdictRow[]): Promise<void> {
    await this.#write("verdicts", () => {
      this.written.verdicts += rows.length;
      for (const row of rows) this.verdictRows.set(row.name, row);
    });
  }

  digests(chain: string, { from = -Infinity, to = Infinity, limit }: Parameters<ProofStore["digests"]>[1]) {
    const found = this.digestRows.filter((one) => one.chain === chain && one.endsAt >= from && one.endsAt < to);
    return Promise.resolve(found.slice(0, limit));
  }

  digest(name: string): Promise<StoredDigest | undefined> {
    return Promise.resolve(this.digestRows.find((one) => one.name === name));
  }

  chainsSince(collectedAt: number): ReturnType<ProofStore["chainsSince"]> {
    const chains = Map.groupBy(
      this.digestRows.filter((one) => one.collectedAt >= collectedAt),
      ({ chain }) => chain,
    );
    return Promise.resolve(
      [...chains].map(([chain, rows]) => ({
        chain,
        accountId: rows[0]?.accountId ?? "",
        region: rows[0]?.region ?? "",
        from: Math.min(...rows.map(({ endsAt }) => endsAt)),
      })),
    );
  }

  digestVerdicts(
    selection: VerdictSelection & { readonly chain?: string },
    limit: number,
  ): Promise<DigestVerdictRow[]> {
    const found = [...this.digestVerdictRows.values()]
      .filter((row) => selection.chain === undefined || row.chain === selection.chain)
      .filter((row) => isSelected(row, row.endsAt, selection))
      .sort((a, b) => a.endsAt - b.endsAt);
    return Promise.resolve(found.slice(0, limit));
  }

  named(names: readonly string[]): Promise<Map<string, NamedLogFile>> {
    return Promise.resolve(pick(this.namedRows, names));
  }

  namedBy(digest: string): Promise<NamedLogFile[]> {
    return Promise.resolve([...this.namedRows.values()].filter((row) => row.digest === digest));
  }

  readLogFiles(names: readonly string[]): Promise<Map<string, ReadLogFile>> {
    return Promise.resolve(pick(this.read, names));
  }

  unjudged(
    { verdicts, readSince = -Infinity, isUndated = false, ...selection }: UnjudgedSelection,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<ReadLogFile[]> {
    const byId = new Map([...this.verdictRows.values()].map((row) => [row.logFile, row]));
    const found = [...this.read.values()]
      .filter(({ readAt, deliveredAt }) => readAt >= readSince && (!isUndated || deliveredAt === undefined))
      .filter(({ logFile, name, deliveredAt = 0 }) => {
        const row = byId.get(logFile);
        const { accountId = "", region = "" } = objectOfName(name)?.read ?? {};
        return (
          (row === undefined || verdicts.includes(row.verdict)) &&
          isSelected({ accountId, region, verdict: "" }, deliveredAt, selection)
        );
      })
      .map((file) => ({ name: file.name, deliveredAt: file.deliveredAt ?? 0, file }))
      .sort(byDelivery);
    const from = after === undefined ? 0 : found.findIndex(({ name }) => name === after) + 1;
    const at = after === undefined || from > 0 ? from : behind(found, this.read.get(after));
    return Promise.resolve(found.slice(at, at + limit).map(({ file }) => file));
  }

  verdicts(names: readonly string[]): Promise<Map<string, VerdictRow>> {
    return Promise.resolve(pick(this.verdictRows, names));
  }

  verdictsOf(logFiles: readonly string[]): Promise<Map<string, VerdictRow>> {
    const rows = [...this.verdictRows.values()].filter(({ logFile }) => logFile !== "0" && logFiles.includes(logFile));
    return Promise.resolve(new Map(rows.map((row) => [row.logFile, row])));
  }

  verdictList(selection: VerdictSelection, { after, limit }: { readonly after?: string; readonly limit: number }) {
    const found = [...this.verdictRows.values()]
      .filter((row) => isSelected(row, row.deliveredAt, selection))
      .sort(byDelivery);
    const from = after === undefined ? 0 : behind(found, this.verdictRows.get(after));
    return Promise.resolve(found.slice(from, from + limit));
  }

  readSpan(): ReturnType<ProofStore["readSpan"]> {
    const files = [...this.read.values()];
    if (files.length === 0) return Promise.resolve(undefined);
    const times = files.flatMap(({ deliveredAt }) => deliveredAt ?? []);
    return Promise.resolve({
      deliveredFrom: times.length === 0 ? undefined : Math.min(...times),
      deliveredTo: times.length === 0 ? undefined : Math.max(...times),
      readUntil: Math.max(...files.map(({ readAt }) => readAt)),
    });
  }

  verdictHours(selection: VerdictSelection, counted: CountedIn = {}): Promise<VerdictHour[]> {
    const rows = [...this.verdictRows.values()].filter((row) => isSelected(row, row.deliveredAt, selection));
    return Promise.resolve(countIn(rows, counted, ({ deliveredAt }) => ({ from: deliveredAt, to: deliveredAt + 1 })));
  }

  digestHours(
    { from = -Infinity, to = Infinity, ...selection }: VerdictSelection,
    { by, ...counted }: CountedIn & { readonly by: "window" | "end" },
  ): Promise<VerdictHour[]> {
    const windowOf = ({ startsAt, endsAt }: DigestVerdictRow) => {
      if (by === "end") return { from: endsAt, to: endsAt + 1 };
      return { from: Math.min(startsAt ?? endsAt - 1, endsAt - 1), to: endsAt };
    };
    const rows = [...this.digestVerdictRows.values()]
      .filter((row) => isSelected(row, 0, selection))
      .filter((row) => windowOf(row).to > from && windowOf(row).from < to);
    const hours = countIn(rows, counted, windowOf);
    const { spanMs = hourMs } = counted;
    return Promise.resolve(hours.filter(({ hour }) => hour + spanMs > from && hour < to));
  }

  sample({ before, limit }: { readonly before: number; readonly limit: number }): Promise<VerdictRow[]> {
    const rows = [...this.verdictRows.values()].filter((row) => row.verdict === "proven" && row.judgedAt < before);
    return Promise.resolve(rows.slice(0, limit));
  }

  rawOf(): AsyncIterable<Buffer> {
    throw new TypeError("Nobody asks for this here");
  }

  logFilesOf(): Promise<never> {
    return Promise.reject(new TypeError("Nobody asks for this here"));
  }

  #write(what: string, write: () => void): Promise<void> {
    this.beforeWrite(what);
    write();
    return Promise.resolve();
  }
}

function countIn<Row extends { readonly accountId: string; readonly region: string; readonly verdict: string }>(
  rows: readonly Row[],
  { spanMs = hourMs, limit = Infinity }: CountedIn,
  windowOf: (row: Row) => { readonly from: number; readonly to: number },
): VerdictHour[] {
  const hours = new Map<string, VerdictHour & { counts: Record<string, number> }>();
  for (const row of rows) {
    const { accountId, region, verdict } = row;
    const { from, to } = windowOf(row);
    for (let hour = Math.floor(from / spanMs) * spanMs; hour < to; hour += spanMs) {
      const one = hours.get(`${accountId} ${region} ${hour}`) ?? { accountId, region, hour, counts: {} };
      one.counts[verdict] = (one.counts[verdict] ?? 0) + 1;
      hours.set(`${accountId} ${region} ${hour}`, one);
    }
  }
  return [...hours.values()].sort((a, b) => a.hour - b.hour).slice(0, limit);
}

function pick<Row>(rows: ReadonlyMap<string, Row>, names: readonly string[]): Map<string, Row> {
  return new Map(
    names.flatMap((name): [string, Row][] => {
      const row = rows.get(name);
      return row === undefined ? [] : [[name, row]];
    }),
  );
}

function isSelected(
  row: { readonly accountId: string; readonly region: string; readonly verdict: string; readonly reason?: string },
  at: number,
  { accountId, region, from = -Infinity, to = Infinity, verdicts, reasons }: VerdictSelection,
): boolean {
  return (
    (accountId === undefined || row.accountId === accountId) &&
    (region === undefined || row.region === region) &&
    (verdicts === undefined || verdicts.includes(row.verdict)) &&
    (reasons === undefined || reasons.includes(row.reason ?? "")) &&
    at >= from &&
    at < to
  );
}

interface Delivered {
  readonly name: string;
  readonly deliveredAt?: number | undefined;
}

function byDelivery(a: Delivered, b: Delivered): number {
  return (a.deliveredAt ?? 0) - (b.deliveredAt ?? 0) || (a.name < b.name ? -1 : 1);
}

/** Where a list goes on behind a row, which may be in it no more. */
function behind(found: readonly Delivered[], last: Delivered | undefined): number {
  if (last === undefined) return found.length;
  const at = found.findIndex((one) => one.name !== last.name && byDelivery(one, last) > 0);
  return at < 0 ? found.length : at;
}
