import type { Place } from "../settings/place.ts";
import type { SettingName } from "../settings/values.ts";
import type { WiringPlaces } from "../wiring/wiring.ts";

/** One change that a plan makes: a setting, from what it was when the plan was made to what it is to be. */
export interface PlanStep {
  /** Unique within the plan. */
  readonly id: string;
  readonly setting: SettingName;
  readonly place: Place;
  /** Values as in `SettingValues`; null for a setting that is not there. */
  readonly before: unknown;
  readonly after: unknown;
  /** `Let CloudTrail write into the bucket logs`. */
  readonly what: string;
  readonly why: string;
  /** `Nothing`, or what is charged and how much. */
  readonly cost: string;
  /** How it is undone; says so when it is not (log files stay). */
  readonly undo: string;
  /**
   * What it is set on is made by an earlier step of the plan: whatever AWS sets there by itself may be replaced, and an
   * undo leaves it to go with what was made.
   */
  readonly isFresh?: boolean;
}

/** What is to be done about an account's collection, read before it is done; nothing else is done. */
export interface SetupPlan {
  /** Differs whenever anything else would be done. */
  readonly id: string;
  readonly deployment: string;
  readonly madeAt: number;
  /** Which trail, and why that one. */
  readonly choice: TrailChoice;
  readonly places: WiringPlaces;
  /** In the order they are done; none when all is as it should be. */
  readonly steps: readonly PlanStep[];
  /** What a person should know or do themselves. */
  readonly notes: readonly string[];
  /** What stands in the way; a plan with any of these is not applied. */
  readonly obstacles: readonly { readonly sentence: string; readonly help: string }[];
}

export interface TrailChoice {
  readonly kind: "use" | "start" | "create" | "none";
  /** Nothing when there is none to use and none may be made. */
  readonly trailArn: string | undefined;
  readonly sentence: string;
}

/** What a person wants of a set-up; everything has a default. */
export interface SetupWish {
  /** Where what is made lies, and the trail's home. */
  readonly region: string;
  /** Use this one, by name or ARN, instead of choosing. */
  readonly trail?: string | undefined;
  /** Make no trail: say how to, when there is none. */
  readonly createsTrail: boolean;
  /** Make a trail although another one records the same events already: each event is then paid for. */
  readonly allowsPaidCopy: boolean;
  /** An organization's trail, where the account may make one. */
  readonly forOrganization: boolean;
  readonly names: { readonly trail: string; readonly bucket: string; readonly topic: string; readonly queue: string };
  /** KMS key for a trail that is made; empty for none. */
  readonly keyArn: string;
}
