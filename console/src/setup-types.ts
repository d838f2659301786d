import type {
  BillAnswer,
  CheckAnswer,
  CostAnswer,
  DeploymentAnswer,
  DoctorAnswer,
  PlanAnswer,
  RunAnswer,
} from "../../src/server/index.ts";

/** What the API of set-up speaks of, by the words that the pages have for it. */
export type Deployment = DeploymentAnswer;
export type Depth = Deployment["depth"];
export type Names = Deployment["names"];
export type SetupPlan = PlanAnswer["plan"];
export type PlanStep = SetupPlan["steps"][number];
export type Place = PlanStep["place"];
export type Bill = BillAnswer;
export type BillLine = Bill["lines"][number];
export type Duplicate = CostAnswer["duplicates"][number];
export type SetupRun = RunAnswer;
export type RunStep = SetupRun["steps"][number];
export type CheckResult = CheckAnswer;
export type Drift = CheckResult["drifts"][number];
export type Culprit = NonNullable<Drift["culprit"]>;
export type Wiring = CheckResult["wiring"];
export type TrailStatus = NonNullable<Wiring["status"]>;
export type DoctorRow = DoctorAnswer["rows"][number];
export type DoctorFinding = DoctorAnswer["findings"][number];

export type {
  CostAnswer,
  DoctorAnswer,
  HistoryAnswer as HistoryEntry,
  PlanAnswer,
  RoleAnswer,
} from "../../src/server/index.ts";

export type WiringPart =
  | "trail"
  | "bucket"
  | "topic"
  | "queue"
  | "deadLetter"
  | "subscription"
  | "key"
  | "organization";

/** What a person gives to put an account under care. */
export interface DeploymentRequest {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly depth: Depth;
  readonly roleArn?: string;
  readonly logAccount?: { readonly accountId: string; readonly roleArn: string };
  readonly endpoint?: string;
  readonly names?: Partial<Names>;
  readonly automatic?: readonly string[];
  readonly retentionDays?: number;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What a person wants of a plan; everything has a default. */
export interface Wish {
  readonly region?: string;
  readonly trail?: string;
  readonly createsTrail?: boolean;
  readonly allowsPaidCopy?: boolean;
  readonly forOrganization?: boolean;
  readonly keyArn?: string;
}
