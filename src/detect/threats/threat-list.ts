import type { FindingOutcome } from "../../state/index.ts";
import type { Level } from "../sigma/document.ts";

/** Addresses, domains or access keys that a person was warned of, from a file or a URL. */
export interface ThreatList {
  readonly name: string;
  readonly kind: "addresses" | "domains" | "keys";
  /** Fetched again at that pace where it is a URL; empty where its entries were handed in. */
  readonly url: string;
  /** Heading or number of the column that its entries stand in; empty where the first entry of a line counts. */
  readonly column: string;
  readonly everyMs: number;
  /** Entries that were not told again for so long do not count any more; 0: those told last count, and no others. */
  readonly expireMs: number;
  readonly level: Level;
  readonly outcome: FindingOutcome;
  readonly license: string;
  readonly changedAt: number;
}

export interface ThreatListView extends ThreatList {
  readonly entries: number;
  readonly fetchedAt: number | undefined;
  readonly problem: string | undefined;
  /** Lines that were no entry, and the first few of them. */
  readonly refusedCount: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

/** What is known of an address. */
export interface AddressFacts {
  readonly address: string;
  /** ISO 3166 code, empty where it is not known. */
  readonly country: string;
  readonly asn: number | undefined;
  readonly owner: string;
  /** AWS's own network, a private one, a service's name instead of an address. */
  readonly nature: "public" | "aws" | "private" | "service" | "unknown";
  readonly lists: readonly string[];
}
