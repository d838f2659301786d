import { defineCases, outcome } from "../contract-case.ts";
import { trailWith } from "./trail-setting.ts";

const api = (operation: string) => `CloudTrail API Reference, ${operation}`;

/** What a trail takes, what is said about it, and what is found of what happened. */
export const cloudTrailContentsCases = defineCases([
  {
    name: "a new trail has the selector for management events",
    source: 'CloudTrail User Guide, "Logging management events with the AWS CLI"',
    run: async (aws) => {
      const { trail } = await trailWith(aws);
      const { EventSelectors, AdvancedEventSelectors } = await aws.call("cloudtrail", "GetEventSelectors", {
        TrailName: trail,
      });
      return { EventSelectors, AdvancedEventSelectors };
    },
    expected: {
      EventSelectors: null,
      AdvancedEventSelectors: [
        { Name: "Management events selector", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
      ],
    },
  },
  {
    name: "basic selectors come back as they were put",
    source: api("PutEventSelectors"),
    run: async (aws) => {
      const { trail } = await trailWith(aws);
      const EventSelectors = [
        {
          ReadWriteType: "WriteOnly" as const,
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::somewhere/"] }],
          ExcludeManagementEventSources: ["kms.amazonaws.com"],
        },
      ];
      await aws.call("cloudtrail", "PutEventSelectors", { TrailName: trail, EventSelectors });
      const { EventSelectors: found } = await aws.call("cloudtrail", "GetEventSelectors", { TrailName: trail });
      const { Trail } = await aws.call("cloudtrail", "GetTrail", { Name: trail });
      return { found, isCustom: Trail?.HasCustomEventSelectors };
    },
    expected: {
      found: [
        {
          ReadWriteType: "WriteOnly",
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::somewhere/"] }],
          ExcludeManagementEventSources: ["kms.amazonaws.com"],
        },
      ],
      isCustom: true,
    },
  },
  {
    name: "advanced selectors take the place of basic ones",
    source: api("PutEventSelectors, AdvancedEventSelectors"),
    run: async (aws) => {
      const { trail: TrailName } = await trailWith(aws);
      await aws.call("cloudtrail", "PutEventSelectors", { TrailName, EventSelectors: [{ ReadWriteType: "All" }] });
      const AdvancedEventSelectors = [
        {
          Name: "writes",
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "readOnly", Equals: ["false"] },
          ],
        },
      ];
      await aws.call("cloudtrail", "PutEventSelectors", { TrailName, AdvancedEventSelectors });
      const found = await aws.call("cloudtrail", "GetEventSelectors", { TrailName });
      return { basic: (found.EventSelectors ?? []).length, advanced: found.AdvancedEventSelectors };
    },
    expected: {
      basic: 0,
      advanced: [
        {
          Name: "writes",
          FieldSelectors: [
            { Field: "eventCategory", Equals: ["Management"] },
            { Field: "readOnly", Equals: ["false"] },
          ],
        },
      ],
    },
  },
  {
    name: "both kinds of selectors at once are refused",
    source: api("PutEventSelectors, InvalidEventSelectorsException"),
    run: async (aws) => {
      const { trail: TrailName } = await trailWith(aws);
      return await outcome(
        aws.call("cloudtrail", "PutEventSelectors", {
          TrailName,
          EventSelectors: [{ ReadWriteType: "All" }],
          AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
        }),
      );
    },
    expected: "InvalidEventSelectorsException 400",
  },
  {
    name: "insight selectors come back, and none is a refusal",
    source: api("GetInsightSelectors, InsightNotEnabledException"),
    run: async (aws) => {
      const { trail: TrailName } = await trailWith(aws);
      const before = await outcome(aws.call("cloudtrail", "GetInsightSelectors", { TrailName }));
      await aws.call("cloudtrail", "PutInsightSelectors", {
        TrailName,
        InsightSelectors: [{ InsightType: "ApiErrorRateInsight" }],
      });
      const { InsightSelectors = [] } = await aws.call("cloudtrail", "GetInsightSelectors", { TrailName });
      return [before, InsightSelectors.map(({ InsightType }) => InsightType)];
    },
    expected: ["InsightNotEnabledException 400", ["ApiErrorRateInsight"]],
  },
  {
    name: "tags are added, listed and removed",
    source: api("AddTags, ListTags and RemoveTags"),
    run: async (aws) => {
      const { trailArn: ResourceId } = await trailWith(aws, { TagsList: [{ Key: "a", Value: "1" }] });
      await aws.call("cloudtrail", "AddTags", { ResourceId, TagsList: [{ Key: "b", Value: "2" }] });
      await aws.call("cloudtrail", "RemoveTags", { ResourceId, TagsList: [{ Key: "a" }] });
      const { ResourceTagList = [] } = await aws.call("cloudtrail", "ListTags", { ResourceIdList: [ResourceId] });
      return ResourceTagList.map(({ ResourceId: id, TagsList }) => [id === ResourceId, TagsList]);
    },
    expected: [[true, [{ Key: "b", Value: "2" }]]],
  },
  {
    name: "the event history answers without a trail",
    source: api("LookupEvents"),
    run: async (aws) => {
      const { Events } = await aws.call("cloudtrail", "LookupEvents", {
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "NothingLikeThis" }],
      });
      return Events ?? [];
    },
    expected: [],
  },
  {
    name: "a look-up of more than fifty events at once is refused",
    source: api("LookupEvents, InvalidMaxResultsException"),
    run: (aws) => outcome(aws.call("cloudtrail", "LookupEvents", { MaxResults: 51 })),
    expected: "InvalidMaxResultsException 400",
  },
  {
    name: "public keys of the digests are listed",
    source: api("ListPublicKeys"),
    run: async (aws) => Array.isArray((await aws.call("cloudtrail", "ListPublicKeys", {})).PublicKeyList),
    expected: true,
  },
]);
