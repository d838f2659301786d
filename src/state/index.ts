// In: rows of what must last and is no event: sources, ledger, accounts, filters, deployments, what verifying remembers.
// Out: the same rows after a restart, from a file of the data folder or from Postgres.
// Never: keeps events, speaks to AWS, or lets another folder see SQL.
export type { AccountTable, KnownAccount } from "./account-table.ts";
export type { DeploymentRow, DeploymentTable, HistoryRow, RunRow } from "./deployment-table.ts";
export { StateError, type StateErrorCode } from "./errors.ts";
export type { FigureTable } from "./figure-table.ts";
export type { FilterRow, FilterTable } from "./filter-table.ts";
export type { ChainRow, IntegrityFindingRow, IntegrityTable, PublicKeyRow } from "./integrity-table.ts";
export type {
  Ledger,
  LedgerEntry,
  LedgerHour,
  LedgerList,
  LedgerObject,
  LedgerSelection,
  LedgerState,
  LedgerTotals,
} from "./ledger.ts";
export { openState, type StateOptions } from "./open-state.ts";
export type { SetAsideMessage, SourceFigures, SourceRow, SourceTable } from "./source-table.ts";
export type { State } from "./state.ts";
export type * from "./finding-table.ts";
export type * from "./incident-table.ts";
export type * from "./notify-table.ts";
export type * from "./rule-table.ts";
