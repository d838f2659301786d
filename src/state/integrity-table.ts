/** What verifying must remember and is no digest: keys, how far each chain is judged, what it found. */
export interface IntegrityTable {
  /** Adds keys; one that is known keeps its row. No key is ever forgotten: old digests need old keys. */
  putKeys(keys: readonly PublicKeyRow[]): Promise<void>;
  keys(region?: string): Promise<PublicKeyRow[]>;

  putChain(row: ChainRow): Promise<void>;
  getChain(id: string): Promise<ChainRow | undefined>;
  chains(): Promise<ChainRow[]>;

  /** Adds a finding, or replaces the one with the same id. */
  putFinding(row: IntegrityFindingRow): Promise<void>;
  getFinding(id: string): Promise<IntegrityFindingRow | undefined>;
  /** The newest first; paged by id with `after`. */
  findings(
    ask: { readonly isOpen?: boolean; readonly accountId?: string; readonly from?: number; readonly to?: number },
    page: { readonly after?: string; readonly limit: number },
  ): Promise<IntegrityFindingRow[]>;

  /** A word kept for verifying itself: where it goes on. */
  setting(name: string): Promise<unknown>;
  setSetting(name: string, value: unknown): Promise<void>;
}

export interface PublicKeyRow {
  readonly region: string;
  /** MD5 of the value, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** DER in base64. */
  readonly value: string;
  /** Milliseconds. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly seenAt: number;
  /** Whose key it is: `aws`, or the endpoint that stands in for AWS. One that another told proves nothing here. */
  readonly authority: string;
}

export interface ChainRow {
  /** `chainId`. */
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /** Verifying knows the shape: the chain's parts, its anchor, what is known of its head. */
  readonly content: unknown;
  readonly changedAt: number;
}

export interface IntegrityFindingRow {
  /** The same matter always has the same id, so that it is told once: `kind`, and what it is about. */
  readonly id: string;
  readonly kind: string;
  readonly accountId: string;
  readonly region: string;
  /** The time it is about, milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly foundAt: number;
  /** It stands no more: the file came after all, the chain goes on; milliseconds. */
  readonly settledAt: number | undefined;
  /** Verifying knows the shape: what is wrong, in words, with the names of digest and log file. */
  readonly content: unknown;
}
