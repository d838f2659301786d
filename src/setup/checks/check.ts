import type { AccountView } from "../account/account.ts";
import type { PlanStep } from "../planning/plan.ts";
import type { Wiring } from "../wiring/wiring.ts";

/** One kind of drift: a file below `checks/`, one object, one row in `checks/index.ts`. */
export interface DriftCheck {
  /** `logging-stopped`. */
  readonly name: string;
  /** One sentence: what has changed when it finds something. */
  readonly summary: string;
  /** Compares the way as it was agreed on with the way as it is. Pure. */
  find(context: CheckContext): readonly Drift[];
}

export interface CheckContext {
  /** As it was when it was set up, or when a person last said that it is right. */
  readonly agreed: Wiring;
  /** As it is; `places` of what was found now: a trail that names another bucket has that one there. */
  readonly now: Wiring;
  readonly account: AccountView;
  readonly deployment: {
    readonly name: string;
    readonly accountId: string;
    readonly names: { readonly trail: string; readonly bucket: string; readonly topic: string; readonly queue: string };
    /** How long log files are to be kept at least, days; nothing when nobody promised. */
    readonly retentionDays: number | undefined;
    /** The role that reads the account, if there is one: who changed it is found by its name. */
    readonly roleArn?: string | undefined;
    readonly now: number;
  };
}

export interface Drift {
  readonly check: string;
  /** What it is about, for people: `the bucket logs`. */
  readonly about: string;
  /** What has changed, from what to what. */
  readonly sentence: string;
  /** What is lost as long as it stays so. */
  readonly loss: string;
  /** `repair`: may be done by itself. `propose`: only with a person's yes. `tell`: only a person can. */
  readonly manner: "repair" | "propose" | "tell";
  /** What mends it, in order; what a person does is in `help`. */
  readonly steps: readonly PlanStep[];
  readonly help: string;
  /** Where the culprit is to be found in the events: any of these calls, on any of these names. */
  readonly culprit: { readonly eventNames: readonly string[]; readonly mentions: readonly string[] };
  /** What else has to follow a repair: log files that no notice told of. */
  readonly replays?: boolean;
  /** The way as it is to be agreed on from now on, where a drift is followed instead of turned back. */
  readonly follows?: boolean;
  /** With `follows`: the trail that the way begins with from now on, where that is another. */
  readonly trailArn?: string;
}
