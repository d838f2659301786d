import type { AccountTable } from "./account-table.ts";
import type { DeploymentTable } from "./deployment-table.ts";
import type { FigureTable } from "./figure-table.ts";
import type { FilterTable } from "./filter-table.ts";
import type { FindingTable } from "./finding-table.ts";
import type { IncidentTable } from "./incident-table.ts";
import type { IntegrityTable } from "./integrity-table.ts";
import type { Ledger } from "./ledger.ts";
import type { NotifyTable } from "./notify-table.ts";
import type { RuleTable } from "./rule-table.ts";
import type { SourceTable } from "./source-table.ts";

/** Everything that must last and is no event. */
export interface State extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly sources: SourceTable;
  readonly accounts: AccountTable;
  readonly filters: FilterTable;
  readonly deployments: DeploymentTable;
  readonly integrity: IntegrityTable;
  readonly findings: FindingTable;
  readonly incidents: IncidentTable;
  readonly rules: RuleTable;
  readonly notify: NotifyTable;
  readonly figures: FigureTable;
}
