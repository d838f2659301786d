import { changeTrail, type DriftRow } from "./drift-row.fixture.ts";

/** What is done to the trail, and to who looks after it. */
export const trailDrifts: readonly DriftRow[] = [
  {
    check: "logging-stopped",
    title: "the trail is stopped",
    situation: "own",
    async make({ mallory }, { trail }) {
      await (await mallory("cloudtrail")).call("StopLogging", { Name: trail.arn });
    },
    says: /was logging and is stopped.*nothing is recorded/,
    manner: "repair",
    eventName: "StopLogging",
    losesEvents: true,
  },
  {
    check: "validation-off",
    title: "log file validation is switched off",
    situation: "own",
    make: changeTrail({ EnableLogFileValidation: false }),
    says: /validation of the trail .* was on and is off.*no digest/,
    manner: "repair",
    eventName: "UpdateTrail",
  },
  {
    check: "selectors-narrowed",
    title: "the trail records writes only",
    situation: "own",
    async make({ mallory }, { trail }) {
      const EventSelectors = [{ ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true }];
      await (await mallory("cloudtrail")).call("PutEventSelectors", { TrailName: trail.arn, EventSelectors });
    },
    says: /does not record any more: .*read/i,
    manner: "repair",
    eventName: "PutEventSelectors",
  },
  {
    check: "trail-single-region",
    title: "the trail is made one of its home region",
    situation: "own",
    make: changeTrail({ IsMultiRegionTrail: false }),
    says: /recorded all regions and records .* only.*Nothing is recorded in \d+ other regions/,
    manner: "repair",
    eventName: "UpdateTrail",
    losesEvents: true,
  },
  {
    check: "role-weakened",
    title: "our user may not read any more",
    situation: "own",
    async make({ mallory }) {
      const deny = { Effect: "Deny", Action: "s3:GetLifecycleConfiguration", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
      const policy = { UserName: "trailwarden", PolicyName: "less", PolicyDocument };
      await (await mallory("iam")).call("PutUserPolicy", policy);
    },
    says: /could read and may not read any more: the lifecycle rules.*cannot be seen/,
    manner: "tell",
    eventName: "PutUserPolicy",
    async act({ admin }) {
      await (await admin("iam")).call("DeleteUserPolicy", { UserName: "trailwarden", PolicyName: "less" });
    },
  },
  {
    check: "trail-deleted",
    title: "the trail is deleted",
    situation: "own",
    async make({ mallory }, { trail }) {
      await (await mallory("cloudtrail")).call("DeleteTrail", { Name: trail.arn });
    },
    says: /The trail .* was there and is deleted.*Nothing is recorded since/,
    manner: "repair",
    eventName: "DeleteTrail",
    losesEvents: true,
  },
  {
    check: "member-missing",
    title: "the organization's trail is made one of its own account",
    situation: "organization",
    make: changeTrail({ IsOrganizationTrail: false }),
    says: /was the organization's and records its own account only.*member account/,
    manner: "repair",
    eventName: "UpdateTrail",
  },
  {
    check: "member-missing",
    title: "CloudTrail may not act in the organization any more",
    situation: "organization",
    async make({ mallory }) {
      const access = { ServicePrincipal: "cloudtrail.amazonaws.com" };
      await (await mallory("organizations")).call("DisableAWSServiceAccess", access);
    },
    says: /was allowed to act in the organization and is not any more.*Accounts that join/,
    manner: "repair",
    eventName: "DisableAWSServiceAccess",
  },
  {
    check: "region-silent",
    title: "the trail that records the other regions is stopped",
    situation: "single-region",
    async make({ mallory }) {
      await (await mallory("cloudtrail")).call("StopLogging", { Name: "wide" });
    },
    says: /recorded by no trail: .*us-east-1.*is in no log file/,
    manner: "propose",
    eventName: "StopLogging",
    losesEvents: true,
  },
  {
    check: "trail-deleted",
    title: "the trail is deleted, and another records the same",
    situation: "two-trails",
    async make({ mallory }, { trail }) {
      await (await mallory("cloudtrail")).call("DeleteTrail", { Name: trail.arn });
    },
    says: /is deleted; the trail wide records all that it recorded.*Nothing is lost/,
    manner: "propose",
    eventName: "DeleteTrail",
    follows: "trail",
  },
];
