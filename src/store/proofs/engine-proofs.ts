import type { EventFilter } from "../filter.ts";
import { digestLayout, digestVerdictLayout, namedLayout, verdictLayout } from "./layouts.ts";
import { countDigestHours, countVerdictHours, type DigestsBy } from "./count-hours.ts";
import type {
  CountedIn,
  DigestVerdictRow,
  NamedLogFile,
  ProofStore,
  ReadLogFile,
  ReadSpan,
  StoredDigest,
  UnjudgedSelection,
  VerdictHour,
  VerdictRow,
  VerdictSelection,
} from "./proof-rows.ts";
import { putRows, type ProofPlace } from "./put-rows.ts";
import { chainsSince, readDigest, readDigests, readDigestVerdicts } from "./read-digests.ts";
import { logFilesOf, readLogFiles } from "./read-log-files.ts";
import { readNamed, readNamedBy } from "./read-named.ts";
import { listUnjudged, readSpan } from "./list-unjudged.ts";
import { readRawOf } from "./read-raw.ts";
import { listVerdicts, readVerdicts, readVerdictsOf, sampleProven } from "./read-verdicts.ts";

/** Digests and verdicts in the event engine. */
export class EngineProofs implements ProofStore {
  readonly #place: ProofPlace;

  constructor(place: ProofPlace) {
    this.#place = place;
  }

  putDigests(digests: readonly StoredDigest[]): Promise<void> {
    return putRows(this.#place, digestLayout, digests);
  }

  putDigestVerdicts(rows: readonly DigestVerdictRow[]): Promise<void> {
    return putRows(this.#place, digestVerdictLayout, rows);
  }

  putNamed(rows: readonly NamedLogFile[]): Promise<void> {
    return putRows(this.#place, namedLayout, rows);
  }

  putVerdicts(rows: readonly VerdictRow[]): Promise<void> {
    return putRows(this.#place, verdictLayout, rows);
  }

  digests(chain: string, span: Parameters<ProofStore["digests"]>[1]): Promise<StoredDigest[]> {
    return readDigests(this.#place.engine, chain, span);
  }

  digest(name: string): Promise<StoredDigest | undefined> {
    return readDigest(this.#place.engine, name);
  }

  chainsSince(collectedAt: number): ReturnType<ProofStore["chainsSince"]> {
    return chainsSince(this.#place.engine, collectedAt);
  }

  digestVerdicts(
    selection: VerdictSelection & { readonly chain?: string },
    limit: number,
  ): Promise<DigestVerdictRow[]> {
    return readDigestVerdicts(this.#place.engine, selection, limit);
  }

  named(names: readonly string[]): Promise<Map<string, NamedLogFile>> {
    return readNamed(this.#place.engine, names);
  }

  namedBy(digest: string): Promise<NamedLogFile[]> {
    return readNamedBy(this.#place.engine, digest);
  }

  readLogFiles(names: readonly string[]): Promise<Map<string, ReadLogFile>> {
    return readLogFiles(this.#place.engine, names);
  }

  unjudged(
    selection: UnjudgedSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<ReadLogFile[]> {
    return listUnjudged(this.#place.engine, selection, page);
  }

  readSpan(): Promise<ReadSpan | undefined> {
    return readSpan(this.#place.engine);
  }

  verdicts(names: readonly string[]): Promise<Map<string, VerdictRow>> {
    return readVerdicts(this.#place.engine, names);
  }

  verdictsOf(logFiles: readonly string[]): Promise<Map<string, VerdictRow>> {
    return readVerdictsOf(this.#place.engine, logFiles);
  }

  verdictList(
    selection: VerdictSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<VerdictRow[]> {
    return listVerdicts(this.#place.engine, selection, page);
  }

  verdictHours(selection: VerdictSelection, counted: CountedIn = {}): Promise<VerdictHour[]> {
    return countVerdictHours(this.#place.engine, selection, counted);
  }

  digestHours(selection: VerdictSelection, counted: CountedIn & DigestsBy): Promise<VerdictHour[]> {
    return countDigestHours(this.#place.engine, selection, counted);
  }

  sample(ask: { readonly before: number; readonly limit: number; readonly seed: number }): Promise<VerdictRow[]> {
    return sampleProven(this.#place.engine, ask);
  }

  rawOf(logFile: string): AsyncIterable<Buffer> {
    return readRawOf(this.#place.engine, logFile);
  }

  logFilesOf(filter: EventFilter, limit: number): Promise<{ readonly logFile: string; readonly events: number }[]> {
    return logFilesOf(this.#place.engine, filter, limit);
  }
}
