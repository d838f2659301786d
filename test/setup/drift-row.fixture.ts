import type { WiringPart } from "../../src/setup/wiring/wiring.ts";
import type { CarePlace } from "./care.fixture.ts";
import type { Way } from "./way.fixture.ts";

/** Where a drift is made: which account, and how its way was set up. */
export type SituationName = "own" | "organization" | "two-trails" | "single-region";

/** A kind of drift, how somebody makes it, and what is to come of it. */
export interface DriftRow {
  readonly check: string;
  readonly title: string;
  readonly situation: SituationName;
  /** By calls of the user mallory. */
  make(place: CarePlace, way: Way): Promise<void>;
  /** What has changed and what it costs, as it is to be told. */
  readonly says: RegExp;
  readonly manner: "repair" | "propose" | "tell";
  /** Which of her calls it was. */
  readonly eventName: string;
  /** The part that is followed: it is another afterwards. */
  readonly follows?: WiringPart;
  /** What a person does where only a person can. */
  act?(place: CarePlace, way: Way): Promise<void>;
  /** What is done between the change and its repair is never recorded; otherwise it comes in the end. */
  readonly losesEvents?: boolean;
  /** So long AWS lets nobody mend it. */
  readonly refusedForMs?: number;
}

let made = 0;

/** A name that no earlier drift of this process has used. */
export function newName(kind: string): string {
  made += 1;
  return `mallory-${kind}-${made}`;
}

/** An UpdateTrail of hers. */
export function changeTrail(change: object): DriftRow["make"] {
  return async ({ mallory }, { trail }) => {
    await (await mallory("cloudtrail")).call("UpdateTrail", { Name: trail.arn, ...change });
  };
}
