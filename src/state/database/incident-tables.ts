/** The tables of incidents; see `Tables`. */
export interface IncidentTables {
  readonly incidents: IncidentsTable;
  readonly incident_keys: { readonly key: string; readonly incident: string };
  readonly incident_findings: IncidentFindingsTable;
  readonly incident_history: IncidentHistoryTable;
  readonly incident_context: IncidentContextTable;
  readonly incident_mutes: {
    readonly subject: string;
    readonly rule: string;
    readonly incident: string;
    readonly at: number;
  };
  readonly incident_silences: IncidentSilencesTable;
  readonly incident_settings: { readonly name: string; readonly value: string };
}

export interface IncidentsTable {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly severity: string;
  readonly title: string;
  readonly owner: string;
  readonly account_ids: string;
  readonly keys: string;
  readonly first_at: number;
  readonly last_at: number;
  readonly opened_at: number;
  readonly changed_at: number;
  readonly silent_until: number | null;
  readonly merged_into: string | null;
  readonly content: string;
}

export interface IncidentFindingsTable {
  readonly finding: string;
  readonly incident: string;
  readonly rank: number;
  readonly from_at: number;
  readonly hits: number;
  readonly content: string;
}

export interface IncidentHistoryTable {
  readonly number: number;
  readonly incident: string;
  readonly at: number;
  readonly by: string;
  readonly kind: string;
  readonly content: string;
}

export interface IncidentContextTable {
  readonly finding: string;
  readonly actor: string;
  readonly access_key: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly seen_at: number;
  readonly content: string;
}

export interface IncidentSilencesTable {
  readonly id: string;
  readonly until: number;
  readonly created_at: number;
  readonly by: string;
  readonly reason: string;
  readonly content: string;
}
