import type { AccountView, TrailView } from "../account/account.ts";
import { wantedKinds } from "./wanted-kinds.ts";
import type { SetupWish, TrailChoice } from "./plan.ts";

/** A choice, and the trail that it fell on, if there is one already. */
export interface ChosenTrail {
  readonly choice: TrailChoice;
  readonly trail: TrailView | undefined;
  /** What a person should know about the trails that were not chosen. */
  readonly notes: readonly string[];
}

type Reachable = (trail: TrailView) => boolean;

/**
 * Prefers what is there: one that logs in all regions, then one that can be made to, then one that is stopped; makes one
 * only where there is none. `isReachable` says whether somebody of ours may read the trail's bucket.
 */
export function chooseTrail(account: AccountView, wish: SetupWish, isReachable: Reachable): ChosenTrail {
  if (wish.trail !== undefined) return chooseNamed(account, wish.trail);
  const reachable = account.trails.filter(isReachable);
  const best = [...reachable].sort((a, b) => rank(b, account) - rank(a, account) || (a.arn < b.arn ? -1 : 1))[0];
  const notes = notesOn(account, best, isReachable);
  if (best !== undefined) return { ...takeUp(best, account), notes };
  const others = account.trails.filter((trail) => trail.isLogging !== false && !isReachable(trail));
  return { ...makeOne(account, wish, others), notes };
}

function chooseNamed(account: AccountView, wanted: string): ChosenTrail {
  const trail = account.trails.find(({ arn, name }) => arn === wanted || name === wanted);
  if (trail !== undefined) return { ...takeUp(trail, account), notes: [] };
  const names = account.trails.map(({ name }) => name).join(", ");
  const sentence = `There is no trail ${wanted}; there is ${names === "" ? "none at all" : names}`;
  return { choice: { kind: "none", trailArn: undefined, sentence }, trail: undefined, notes: [] };
}

/** The higher the better; what costs nobody anything new and needs the fewest changes comes first. */
function rank(trail: TrailView, account: AccountView): number {
  const { value, isLogging, selectors, ownerAccountId, deliveryError } = trail;
  return (
    (isLogging === false ? 0 : 64) +
    (value.isMultiRegion ? 32 : 0) +
    (wantedKinds(selectors).hasAllManagement ? 16 : 0) +
    (ownerAccountId === account.accountId ? 8 : 0) +
    (deliveryError === "" ? 4 : 0) +
    (value.topicArn === "" ? 0 : 2) +
    (value.validatesLogFiles ? 1 : 0)
  );
}

function takeUp(trail: TrailView, account: AccountView): Omit<ChosenTrail, "notes"> {
  const what = `${trail.value.isOrganization ? "the organization's trail" : "the trail"} ${trail.name}`;
  const where = trail.value.isMultiRegion ? "in all regions" : `in ${trail.homeRegion} only`;
  const whose = trail.ownerAccountId === account.accountId ? "" : `, which belongs to account ${trail.ownerAccountId}`;
  if (trail.isLogging === false) {
    const sentence = `There is ${what}${whose}, but it is stopped: it is started again instead of making another`;
    return { choice: { kind: "start", trailArn: trail.arn, sentence }, trail };
  }
  const sentence = `There is ${what}${whose}, which logs ${where}: it is used, and no second one is paid for`;
  return { choice: { kind: "use", trailArn: trail.arn, sentence }, trail };
}

function makeOne(
  account: AccountView,
  wish: SetupWish,
  others: readonly TrailView[],
): Pick<ChosenTrail, "choice" | "trail"> {
  const none = (sentence: string) => ({
    choice: { kind: "none", trailArn: undefined, sentence } as const,
    trail: undefined,
  });
  const [other] = others;
  if (other !== undefined && !wish.allowsPaidCopy) {
    return none(
      `The trail ${other.name} records this account already, into the bucket ${other.value.bucket}, which may not be read with this deployment; a second trail would be paid for, event by event`,
    );
  }
  if (!wish.createsTrail) return none("There is no trail, and none is to be made");
  const owner = wish.forOrganization
    ? (account.organization?.managementAccountId ?? account.accountId)
    : account.accountId;
  const trailArn = `arn:${account.partition}:cloudtrail:${wish.region}:${owner}:trail/${wish.names.trail}`;
  const first =
    other === undefined ? "; the first copy of management events is free" : ", a second copy, which is paid for";
  const what = wish.forOrganization ? "an organization's trail" : "one";
  const sentence =
    other === undefined
      ? `There is no trail: ${what} is made${first}`
      : `${what === "one" ? "A trail" : "An organization's trail"} is made${first}`;
  return { choice: { kind: "create", trailArn, sentence }, trail: undefined };
}

function notesOn(account: AccountView, best: TrailView | undefined, isReachable: Reachable): readonly string[] {
  const others = account.trails.filter((trail) => trail !== best);
  const unreachable = others.filter((trail) => !isReachable(trail));
  const covering = others.filter(({ isLogging }) => isLogging !== false && best !== undefined);
  return [
    ...unreachable.map(
      ({ name, value }) =>
        `The trail ${name} delivers into the bucket ${value.bucket}, which this deployment may not look into: give the role of the account that it belongs to as the log account`,
    ),
    ...covering
      .filter(({ value }) => value.isMultiRegion || best?.value.isMultiRegion === true)
      .map(
        ({ name, homeRegion, value }) =>
          `The trail ${name} (${value.isMultiRegion ? "all regions" : homeRegion}) records some of the same events: each further copy of management events is paid for`,
      ),
  ];
}
