/** A key that digests of a region are signed with, as `ListPublicKeys` tells it. */
export interface PublicKey {
  /** PKCS #1, DER. */
  readonly value: Uint8Array;
  readonly validFrom: number;
  readonly validTo: number;
  readonly fingerprint: string;
}

/** The keys that `digests/` signs with. */
export interface PublicKeys {
  /** Those that were valid at any instant from `from` to `to`, both included, the oldest first. */
  list(region: string, from: number, to: number): readonly PublicKey[] | Promise<readonly PublicKey[]>;
}
