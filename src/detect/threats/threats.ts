import type { ArrivalJudge } from "../running/arrival-judge.ts";
import type { AddressFacts, ThreatList, ThreatListView } from "./threat-list.ts";

/** Lists of addresses, domains and keys that somebody was warned of, and what of them arrives. */
export interface Threats extends AsyncDisposable {
  /** Judges what arrives by the lists as they are. */
  readonly judge: ArrivalJudge;
  list(): Promise<readonly ThreatListView[]>;
  /** Adds a list, or replaces one of that name; of a URL it is fetched at once. Throws `threat-list-invalid`. */
  put(ask: ThreatListAsk, signal?: AbortSignal): Promise<ThreatListView>;
  /** Throws `threat-list-unknown`. */
  remove(name: string): Promise<void>;
  /** Fetches a list's URL now; what fails stands in the answer. Throws `threat-list-unknown`. */
  refresh(name: string, signal?: AbortSignal): Promise<ThreatListView>;
  /** What is known of an address, the lists that it is on among it. */
  addressFacts(address: string): Promise<AddressFacts>;
  /** Begins to fetch lists at their pace. Rejects with `address-file-invalid` where a file of addresses is none. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A list as a person puts it: its entries as a text or in a file, or the URL that they come from. */
export interface ThreatListAsk extends Pick<ThreatList, "name" | "kind"> {
  readonly text?: string | undefined;
  /** A file on this machine with its entries. */
  readonly path?: string | undefined;
  readonly url?: string | undefined;
  /** The heading or the number (from 1) of the column that the entries stand in. */
  readonly column?: string | undefined;
  readonly everyMs?: number | undefined;
  readonly expireMs?: number | undefined;
  readonly level?: ThreatList["level"] | undefined;
  readonly outcome?: ThreatList["outcome"] | undefined;
  readonly license?: string | undefined;
}
