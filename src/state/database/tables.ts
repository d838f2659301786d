/**
 * Each table of the state that has no file of its own beside this one. Who writes one room's tables knows these alone:
 * of all of them at once the compiler would never be done. Times are milliseconds, truths are 0 or 1, and what is nested is
 * JSON: what SQLite and Postgres both keep as it is.
 */
export interface CollectTables {
  readonly sources: SourcesTable;
  readonly source_secrets: { readonly source: string; readonly secrets: string };
  readonly source_figures: { readonly source: string; readonly figures: string };
  readonly source_memory: { readonly source: string; readonly key: string; readonly value: string };
  readonly set_aside: SetAsideTable;
  readonly accounts: AccountsTable;
  readonly filters: FiltersTable;
  readonly ledger: LedgerTable;
  readonly ledger_hours: LedgerHoursTable;
}

export interface SetupTables {
  readonly deployments: DeploymentsTable;
  readonly deployment_secrets: { readonly deployment: string; readonly secrets: string };
  readonly setup_runs: SetupRunsTable;
  readonly setup_history: SetupHistoryTable;
}

export interface IntegrityTables {
  readonly integrity_keys: IntegrityKeysTable;
  readonly integrity_chains: IntegrityChainsTable;
  readonly integrity_findings: IntegrityFindingsTable;
  readonly integrity_settings: { readonly name: string; readonly value: string };
}

export interface RuleTables {
  readonly rule_settings: RuleSettingsTable;
  readonly rule_packages: RulePackagesTable;
  readonly rule_files: { readonly package: string; readonly path: string; readonly text: string };
  readonly rule_items: RuleItemsTable;
}

export interface SourcesTable {
  readonly name: string;
  readonly type: string;
  readonly settings: string;
  readonly is_paused: number;
  readonly created_at: number;
  readonly changed_at: number;
}

export interface SetAsideTable {
  readonly source: string;
  readonly id: string;
  readonly body: string;
  readonly reason: string;
  readonly received: number;
  readonly set_aside_at: number;
}

export interface AccountsTable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: string;
  readonly organization_id: string | null;
  readonly source: string;
  readonly first_seen_at: number;
  readonly seen_at: number;
}

export interface FiltersTable {
  readonly name: string;
  readonly query: string;
  readonly created_at: number;
  readonly dropped: number;
  readonly last_dropped_at: number | null;
}

export interface LedgerTable {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly source: string;
  readonly account_id: string;
  readonly region: string;
  readonly kind: string;
  readonly hour: number;
  readonly size_bytes: number | null;
  readonly version: string | null;
  readonly state: string;
  readonly noticed_at: number | null;
  readonly listed_at: number | null;
  readonly named_at: number | null;
  readonly read_at: number | null;
  readonly records: number;
  readonly tries: number;
  /** When somebody has to look at it again: since it was heard of, or when it is to be tried. */
  readonly due_at: number | null;
  readonly problem: string | null;
}

/** Counts of `ledger`'s rows, kept with every change of them: so that figures cost the same however many rows there are. */
export interface LedgerHoursTable {
  readonly source: string;
  readonly account_id: string;
  readonly region: string;
  readonly kind: string;
  readonly hour: number;
  readonly known: number;
  readonly noticed: number;
  readonly listed: number;
  readonly named: number;
  readonly read: number;
  readonly failing: number;
  readonly left_out: number;
}

export interface DeploymentsTable {
  readonly name: string;
  readonly content: string;
  /** The wiring that was agreed on; nothing before there is one. */
  readonly agreed: string | null;
  readonly created_at: number;
}

export interface SetupRunsTable {
  readonly id: string;
  readonly deployment: string;
  readonly status: string;
  readonly started_at: number;
  readonly content: string;
}

export interface SetupHistoryTable {
  readonly deployment: string;
  readonly id: string;
  readonly at: number;
  readonly content: string;
}

export interface IntegrityKeysTable {
  readonly region: string;
  readonly fingerprint: string;
  readonly value: string;
  readonly valid_from: number;
  readonly valid_to: number;
  readonly seen_at: number;
  readonly authority: string;
}

export interface IntegrityChainsTable {
  readonly id: string;
  readonly account_id: string;
  readonly region: string;
  readonly content: string;
  readonly changed_at: number;
}

export interface IntegrityFindingsTable {
  readonly id: string;
  readonly kind: string;
  readonly account_id: string;
  readonly region: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly found_at: number;
  readonly settled_at: number | null;
  readonly content: string;
}

export interface RuleSettingsTable {
  readonly rule: string;
  readonly status: string;
  readonly changed_at: number;
  readonly content: string;
}

export interface RulePackagesTable {
  readonly name: string;
  readonly origin: string;
  readonly license: string;
  readonly author: string;
  readonly version: string;
  readonly imported_at: number;
}

export interface RuleItemsTable {
  readonly kind: string;
  readonly name: string;
  readonly changed_at: number;
  readonly content: string;
}
