/** What the API of set-up speaks of, as it comes: JSON, instants as ISO texts, nothing as null or left out. */
export type Depth = "look" | "care" | "respond";

export interface Names {
  readonly trail: string;
  readonly bucket: string;
  readonly topic: string;
  readonly queue: string;
}

export interface Deployment {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly depth: Depth;
  readonly roleArn: string | null;
  readonly externalId: string;
  readonly endpoint: string | null;
  readonly names: Names;
  /** Checks whose repairs need no person's yes; `all` for all. */
  readonly automatic: readonly string[];
  readonly retentionDays: number | null;
  readonly source: string | null;
  readonly createdAt: string;
  readonly lastCheck: { readonly at: string; readonly drifts: number } | null;
}

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
  readonly forOrganization?: boolean;
  readonly keyArn?: string;
}

export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly arn: string;
  readonly to?: string | null;
}

export type WiringPart =
  | "trail"
  | "bucket"
  | "topic"
  | "queue"
  | "deadLetter"
  | "subscription"
  | "key"
  | "organization";

export interface PlanStep {
  readonly id: string;
  readonly setting: string;
  readonly place: Place;
  readonly before: unknown;
  readonly after: unknown;
  readonly what: string;
  readonly why: string;
  readonly cost: string;
  readonly undo: string;
}

export interface SetupPlan {
  readonly id: string;
  readonly deployment: string;
  readonly madeAt: string;
  readonly choice: {
    readonly kind: "use" | "start" | "create" | "none";
    readonly trailArn?: string | null;
    readonly sentence: string;
  };
  readonly places: Readonly<Partial<Record<WiringPart, Place>>>;
  readonly steps: readonly PlanStep[];
  readonly notes: readonly string[];
  readonly obstacles: readonly { readonly sentence: string; readonly help: string }[];
}

export interface BillLine {
  readonly what: string;
  readonly why: string;
  readonly quantity: number;
  readonly unit: string;
  /** US dollars for one. */
  readonly unitPrice: number | string;
  /** Millionths of a US dollar, a month. */
  readonly amountMicros: number;
  readonly isFree: boolean;
  /** Where the price stands, and of which day it is. */
  readonly source: string;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly totalMicros: number;
  readonly warnings: readonly string[];
  /** Whose volumes it is reckoned from. */
  readonly basis: string;
}

export interface PlanAnswer {
  readonly plan: SetupPlan;
  readonly instructions: readonly { readonly stepId: string; readonly commands: readonly string[] }[];
  readonly bill: Bill | null;
}

export interface CostAnswer {
  readonly bill: Bill;
  readonly duplicates: readonly unknown[];
}

export interface RunStep {
  readonly step: PlanStep;
  readonly status: "waiting" | "begun" | "done" | "failed" | "undone" | "left";
  readonly problem: string;
  readonly at?: string | null;
}

export interface SetupRun {
  readonly id: string;
  readonly deployment: string;
  readonly kind: "apply" | "undo" | "repair";
  readonly plan: SetupPlan;
  readonly status: "running" | "stopped" | "done" | "undone";
  readonly startedAt: string;
  readonly endedAt?: string | null;
  readonly steps: readonly RunStep[];
}

export interface TrailStatus {
  readonly deliveryError: string;
  readonly notificationError: string;
  readonly lastDeliveryAt?: string | null;
  readonly lastNotificationAt?: string | null;
  readonly lastDigestAt?: string | null;
  readonly stoppedAt?: string | null;
}

export interface Wiring {
  readonly readAt: string;
  readonly places: Readonly<Partial<Record<WiringPart, Place>>>;
  /** By name of the setting. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly unread: readonly { readonly setting: string; readonly code: string; readonly sentence: string }[];
  readonly status?: TrailStatus | null;
}

/** Who did it, as an event says: all of it is the caller's own words. */
export interface Culprit {
  readonly eventId: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly actor: string;
  readonly sourceIp: string;
  readonly userAgent: string;
}

export interface Drift {
  readonly check: string;
  readonly about: string;
  readonly sentence: string;
  readonly loss: string;
  readonly manner: "repair" | "propose" | "tell";
  readonly help: string;
  readonly plan?: SetupPlan | null;
  readonly culprit?: Culprit | null;
}

export interface CheckResult {
  readonly deployment: string;
  readonly at: string;
  readonly drifts: readonly Drift[];
  readonly wiring: Wiring;
}

export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly check: string;
  readonly sentence: string;
  readonly culprit?: Culprit | null;
  readonly runId?: string | null;
}

export type RoleFormat = "cloudformation" | "stack-set" | "terraform" | "terraform-json" | "json" | "cli";

export interface RoleAnswer {
  readonly format: RoleFormat;
  readonly text: string;
  readonly quickCreateUrl: string | null;
}

/** One right, and whether the role has it. */
export interface DoctorRow {
  readonly action: string;
  readonly on: string;
  readonly feature: string;
  readonly state: string;
  readonly sentence: string;
  readonly help: string;
}
