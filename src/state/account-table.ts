/** An AWS account that is known of. */
export interface KnownAccount {
  readonly id: string;
  /** From Organizations; empty where nobody said. */
  readonly name: string;
  readonly email: string;
  /** As Organizations says it: `ACTIVE`, `SUSPENDED`, …; `UNKNOWN` where only log files told of the account. */
  readonly status: string;
  readonly organizationId: string | undefined;
  /** The source that told of it last. */
  readonly source: string;
  readonly firstSeenAt: number;
  readonly seenAt: number;
}

export interface AccountTable {
  /** Adds or brings up to date; a first time seen stays. */
  keep(accounts: readonly KnownAccount[]): Promise<void>;
  list(): Promise<KnownAccount[]>;
}
