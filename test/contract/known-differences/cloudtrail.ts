import { type KnownDifference } from "./known-difference.ts";

export const cloudtrailDifferences: readonly KnownDifference[] = [
  {
    case: "cloudtrail: a trail is refused with two adjacent signs in its name",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused with the name of an address",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused with a bucket's name that is none",
    moto: "S3BucketDoesNotExistException 400",
    why: "moto looks for the bucket before it reads its name",
  },
  {
    case: "cloudtrail: a trail is refused without its key",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused with a log group but no role",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused with a prefix of 201 characters",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused with 51 tags",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused for an organization that is not there",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused when the bucket's policy does not let CloudTrail in",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused when the bucket's policy is for another prefix",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused when the bucket's policy is for another trail",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail is refused when its topic's policy does not let CloudTrail publish",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a trail takes its topic by name or by ARN",
    moto: { byArn: "InsufficientSnsTopicPolicyException 400", byName: "TrailNotFoundException 400", told: false },
    why: "moto finds a topic by its name only, in its own account",
  },
  {
    case: "cloudtrail: a trail of a name that is taken is refused, and the first stays",
    moto: { again: "taken", validation: true },
    why: "moto puts the new trail in the place of the old one, silently",
  },
  {
    case: "cloudtrail: logging is started by a trail's ARN",
    moto: ["SyntaxError 500", false],
    why: "moto fails where it is given an ARN",
  },
  {
    case: "cloudtrail: trails are described by their names only",
    moto: [
      { mine: true, others: true },
      { mine: true, others: true },
    ],
    why: "moto does not look at trailNameList",
  },
  {
    case: "cloudtrail: a trail of all regions is seen in each, and belongs to one",
    moto: { seen: [["eu-central-1"], []], stopped: "SyntaxError 500" },
    why: "moto fails where a shadow is stopped; the page names InvalidHomeRegionException",
  },
  {
    case: "cloudtrail: DeleteTrail of a trail that is not there is refused",
    moto: "taken",
    why: "moto deletes nothing and says that it did",
  },
  {
    case: "cloudtrail: StartLogging of a trail that is not there is refused",
    moto: "SyntaxError 500",
    why: "moto fails",
  },
  {
    case: "cloudtrail: StopLogging of a trail that is not there is refused",
    moto: "SyntaxError 500",
    why: "moto fails",
  },
  {
    case: "cloudtrail: a trail is not moved to a bucket that is not there",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: a deleted trail is gone, by ARN too",
    moto: ["taken", "taken"],
    why: "moto deletes by name only, and says of an ARN that it did",
  },
  {
    case: "cloudtrail: a new trail has the selector for management events",
    moto: { EventSelectors: [], AdvancedEventSelectors: [] },
    why: "moto answers no selector at all",
  },
  {
    case: "cloudtrail: basic selectors come back as they were put",
    moto: {
      found: [
        {
          ReadWriteType: "WriteOnly",
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::somewhere/"] }],
          ExcludeManagementEventSources: ["kms.amazonaws.com"],
        },
      ],
      isCustom: false,
    },
    why: "moto does not say HasCustomEventSelectors",
  },
  {
    case: "cloudtrail: both kinds of selectors at once are refused",
    moto: "taken",
    why: "moto does not look at it",
  },
  {
    case: "cloudtrail: insight selectors come back, and none is a refusal",
    moto: ["taken", ["ApiErrorRateInsight"]],
    why: "moto answers an empty list",
  },
  {
    case: "cloudtrail: the event history answers without a trail",
    moto: "failed: SyntaxError",
    why: "moto does not have LookupEvents",
  },
  {
    case: "cloudtrail: a look-up of more than fifty events at once is refused",
    moto: "SyntaxError 500",
    why: "moto does not have LookupEvents",
  },
  {
    case: "cloudtrail: public keys of the digests are listed",
    moto: "failed: SyntaxError",
    why: "moto does not have ListPublicKeys",
  },
  {
    case: "cloudtrail: a sixth trail of a region is refused",
    moto: ["taken", "taken", "taken", "taken", "taken", "taken"],
    why: "moto counts no trails",
  },
];
