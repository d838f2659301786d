/** What a house has settled about rules, and the rules that it brought in itself. */
export interface RuleTable {
  settings(): Promise<RuleSettingRow[]>;
  putSetting(row: RuleSettingRow): Promise<void>;
  /** All of them, or none. */
  putSettings(rows: readonly RuleSettingRow[]): Promise<void>;
  removeSettings(rules: readonly string[]): Promise<void>;
  packages(): Promise<RulePackageRow[]>;
  /** Adds a package, or replaces all of its files; settings of its rules stay. */
  putPackage(row: RulePackageRow, files: readonly RuleFileRow[]): Promise<void>;
  removePackage(name: string): Promise<void>;
  files(packageName: string): Promise<RuleFileRow[]>;
  /** Things with a name that rules know the shape of: tuning filters, correlations of searches, threat lists, values. */
  items(kind: string): Promise<RuleItemRow[]>;
  putItem(row: RuleItemRow): Promise<void>;
  removeItem(kind: string, name: string): Promise<void>;
}

export interface RuleSettingRow {
  /** The rule's key. */
  readonly rule: string;
  readonly status: "on" | "off" | "staged";
  readonly changedAt: number;
  /** `RuleSettings` of `detect/`: severity, dedup period, since when it is staged and until when, note, by whom. */
  readonly content: unknown;
}

export interface RulePackageRow {
  readonly name: string;
  /** Where it came from, as the person named it. */
  readonly origin: string;
  readonly license: string;
  readonly author: string;
  readonly version: string;
  readonly importedAt: number;
}

export interface RuleFileRow {
  readonly path: string;
  readonly text: string;
}

export interface RuleItemRow {
  readonly kind: string;
  readonly name: string;
  readonly changedAt: number;
  readonly content: unknown;
}
