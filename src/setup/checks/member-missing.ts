import { cloudTrail } from "../service-principal.ts";
import { placeOfArn } from "../wiring/locate.ts";
import type { CheckContext, Drift, DriftCheck } from "./check.ts";
import { changeSteps } from "./change-steps.ts";
import { compared, mentionsOf, nameNow } from "./settings-now.ts";

/**
 * Member accounts that the organization's trail does not reach: all of them, where it is no organization's trail any
 * more; new ones, where CloudTrail may not act in the organization; this one, where it is not seen from here. Which
 * members there are is not asked: CloudTrail itself puts the trail into each.
 */
export const memberMissing: DriftCheck = {
  name: "member-missing",
  summary: "The organization's trail does not record member accounts any more",
  find(context) {
    const both = compared(context, "trail");
    if (both?.was?.isOrganization !== true || both.is === undefined) return [];
    return [...trailDrift(context), ...accessDrift(context), ...ownDrift(context)];
  },
};

/** Only the management account may turn it back (CloudTrail API Reference, "UpdateTrail"). */
function trailDrift(context: CheckContext): readonly Drift[] {
  const both = compared(context, "trail");
  if (both?.is?.isOrganization !== false) return [];
  const name = nameNow(context, "trail");
  const { organization } = context.account;
  const mayTurn = organization?.managementAccountId === context.account.accountId && isOurs(context);
  return [
    {
      check: "member-missing",
      about: `the trail ${name}`,
      sentence: `The trail ${name} was the organization's and records its own account only`,
      loss: "Nothing is recorded in any member account that has no trail of its own",
      manner: mayTurn ? "repair" : "tell",
      steps: mayTurn
        ? changeSteps(
            context,
            "trail",
            { ...both.is, isOrganization: true },
            {
              what: `Make the trail ${name} the organization's again`,
              why: "Member accounts are not recorded since",
              cost: "Nothing for the first copy of management events in each account; a further one where a member has a trail of its own",
              undo: "It records its own account only again",
            },
          )
        : [],
      help: mayTurn
        ? "It takes some hours until the trail is in all member accounts again"
        : `Turn it back in the management account${organization === undefined ? "" : ` ${organization.managementAccountId}`}: no other account may`,
      culprit: { eventNames: ["UpdateTrail"], mentions: mentionsOf(context.now.places.trail) },
    },
  ];
}

function accessDrift(context: CheckContext): readonly Drift[] {
  const both = compared(context, "organization-access");
  if (both?.was !== true || both.is === true) return [];
  const name = nameNow(context, "trail");
  return [
    {
      check: "member-missing",
      about: "CloudTrail's access to the organization",
      sentence: "CloudTrail was allowed to act in the organization and is not any more",
      loss: `Accounts that join the organization from now on are not recorded by the trail ${name}, and it can be changed no more`,
      manner: "repair",
      steps: changeSteps(context, "organization-access", true, {
        what: "Let CloudTrail act in the organization again",
        why: "Without it the organization's trail reaches no new member account",
        undo: "The access is taken away again",
      }),
      help: "It is done in the management account",
      culprit: { eventNames: ["DisableAWSServiceAccess"], mentions: [cloudTrail] },
    },
  ];
}

/** The trail's ARN says whose it is: a member looks at it in its own account. */
function isOurs({ account, now }: CheckContext): boolean {
  const { trail } = now.places;
  return trail !== undefined && placeOfArn(trail.arn).accountId === account.accountId;
}

/** A member sees the organization's trail among its own, as long as the trail is in it. */
function ownDrift(context: CheckContext): readonly Drift[] {
  const { account, now, agreed } = context;
  const arn = now.places.trail?.arn;
  const isSeen = account.trails.some((trail) => trail.arn === arn);
  const isStill = now.values.trail?.isOrganization === true && agreed.values.trail?.isOrganization === true;
  // A region that may not be looked at could be the one.
  if (isOurs(context) || isSeen || !isStill || account.unread.length > 0) return [];
  const left = account.organization === undefined ? ": it has left the organization" : "";
  return [
    {
      check: "member-missing",
      about: `the account ${account.accountId}`,
      sentence: `The account ${account.accountId} was recorded by the organization's trail ${nameNow(context, "trail")} and is not any more${left}`,
      loss: "Nothing of this account is recorded, unless it has a trail of its own",
      manner: "tell",
      steps: [],
      help: "Put the account back into the organization, or plan a trail of its own",
      culprit: {
        eventNames: ["LeaveOrganization", "RemoveAccountFromOrganization", "MoveAccount"],
        mentions: [account.accountId],
      },
    },
  ];
}
