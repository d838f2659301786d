import type { AccountView, TrailView } from "../account/account.ts";
import type { SetupPlan } from "../planning/plan.ts";
import { nameOf } from "../settings/place.ts";
import type { TrailValue } from "../settings/values.ts";
import type { Bill } from "./bill.ts";
import { findDuplicates, type Duplicate } from "./duplicates.ts";
import { estimate } from "./estimate.ts";
import type { Prices } from "./prices.ts";
import { assumedVolumes, monthDays, type Volumes, type VolumeSource } from "./volumes.ts";

export interface CostAsk {
  readonly account: AccountView;
  readonly volumes: VolumeSource;
  readonly prices: Prices;
  readonly region: string;
  readonly retentionDays: number | undefined;
  /** The trail whose log files we fetch already. */
  readonly collects: string | undefined;
  readonly now: number;
}

/** What the trails of an account cost a month, and which of them are paid for twice. */
export interface CostView {
  readonly bill: Bill;
  readonly duplicates: readonly Duplicate[];
}

const dayMs = 86_400_000;
/** What a shorter time would be scaled to is no month of anybody. */
const daysMin = 1 / 24;

export async function costOf(ask: CostAsk): Promise<CostView> {
  const { account, prices, retentionDays, collects } = ask;
  const volumes = await volumesOf(ask);
  return {
    bill: estimate({ account, volumes, prices, retentionDays, collects: collects === undefined ? [] : [collects] }),
    duplicates: findDuplicates({ account, volumes, prices }),
  };
}

/** What it will cost once a plan is done, and what of that the plan adds. */
export async function costOfPlan(plan: SetupPlan, ask: CostAsk): Promise<Bill> {
  const { account, prices, retentionDays, collects } = ask;
  const before = account.trails.find(({ arn }) => arn === plan.choice.trailArn);
  return estimate({
    account,
    volumes: await volumesOf(ask),
    prices,
    retentionDays,
    ...(plan.choice.trailArn === undefined ? {} : { change: { before, after: trailAfter(plan, before) } }),
    ...(plan.choice.trailArn === undefined ? {} : { collects: [plan.choice.trailArn] }),
    collectsBefore: collects === undefined ? [] : [collects],
  });
}

/** Counted where events of the account are stored, guessed where there are hardly any yet; it says which. */
async function volumesOf({ account: { accountId }, volumes, region, now }: CostAsk): Promise<Volumes> {
  const measured = await volumes.measure({ accounts: [accountId], from: now - monthDays * dayMs, to: now });
  const days = measured.basis.kind === "measured" ? measured.basis.days.map((one) => one.days) : [];
  return Math.max(0, ...days) >= daysMin ? measured : assumedVolumes([{ accountId, region }]);
}

/** The chosen trail as the plan leaves it. */
function trailAfter({ choice, steps }: SetupPlan, before: TrailView | undefined): TrailView | undefined {
  const { trailArn: arn } = choice;
  const set = steps.find(({ setting }) => setting === "trail")?.after as TrailValue | null | undefined;
  const starts = steps.some(({ setting, after }) => setting === "trail-logging" && after === true);
  const value = set ?? before?.value;
  if (arn === undefined || value === undefined) return before;
  const [, , , homeRegion = "", ownerAccountId = ""] = arn.split(":");
  const base = before ?? { selectors: {}, insights: [], deliveryError: "", isLogging: false };
  return {
    ...base,
    arn,
    name: nameOf({ arn }),
    homeRegion,
    ownerAccountId,
    value,
    isLogging: starts || base.isLogging,
  };
}
