import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import { changeFeatures, defaultFeatures, tellDataSources, tellFeatures } from "./features.ts";
import {
  administratorOf,
  badRequest,
  type Detector,
  detectorArn,
  detectorOf,
  detectorOfAccount,
  type Frequency,
  type GuardDutyStore,
  membersOf,
  onDetector,
  putDetector,
} from "./guardduty-store.ts";
import { readTags } from "./guardduty-tags.ts";

const frequencies: readonly string[] = ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"];

/** Detectors: GuardDuty switched on in an account and region. */
export function detectorOperations({ store }: GuardDutyParts) {
  return {
    CreateDetector: {
      needs: (_input, call) => [
        {
          action: "guardduty:CreateDetector",
          resource: `arn:aws:guardduty:${call.region}:${call.accountId}:detector/*`,
        },
      ],
      answer: (input, call) => {
        if (input.Enable === undefined)
          throw badRequest("The request is rejected because the required parameter enable is missing.");
        if (detectorOfAccount(store, call.accountId, call.region) !== undefined)
          throw badRequest("The request is rejected because a detector already exists for the current account.");
        const frequency = readFrequency(input.FindingPublishingFrequency, "SIX_HOURS");
        const features = changeFeatures(defaultFeatures(call.at), input.Features, input.DataSources, call.at);
        const detector = {
          ...newDetector(store, call.accountId, call.region),
          isEnabled: input.Enable,
          frequency,
          features,
          tags: readTags({}, input.Tags),
        };
        putDetector(store, detector);
        return { DetectorId: detector.id };
      },
    },
    GetDetector: {
      needs: (input, call) => onDetector("GetDetector", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        return {
          CreatedAt: new Date(detector.createdAt).toISOString(),
          UpdatedAt: new Date(detector.updatedAt).toISOString(),
          FindingPublishingFrequency: detector.frequency,
          ServiceRole: `arn:aws:iam::${detector.accountId}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
          Status: detector.isEnabled ? "ENABLED" : "DISABLED",
          DataSources: tellDataSources(detector),
          Features: tellFeatures(detector),
          Tags: { ...detector.tags },
        };
      },
    },
    UpdateDetector: {
      needs: (input, call) => onDetector("UpdateDetector", input.DetectorId, call),
      answer: (input, call) => {
        const before = detectorOf(store, input.DetectorId, call);
        const isMember = administratorOf(store, call.accountId, call.region) !== undefined;
        // GuardDuty User Guide, "Understanding the relationship between administrator and member accounts".
        if (isMember && (input.Enable === false || input.FindingPublishingFrequency !== undefined))
          throw badRequest("The request is rejected because the account is a member: its administrator decides this.");
        putDetector(store, {
          ...before,
          isEnabled: input.Enable ?? before.isEnabled,
          frequency: readFrequency(input.FindingPublishingFrequency, before.frequency),
          features: changeFeatures(before.features, input.Features, input.DataSources, call.at),
          updatedAt: call.at,
        });
        return {};
      },
    },
    DeleteDetector: {
      needs: (input, call) => onDetector("DeleteDetector", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        if (administratorOf(store, call.accountId, call.region) !== undefined)
          throw badRequest("The request is rejected because cannot delete the detector of a member account.");
        if (membersOf(store, call.accountId, call.region).length > 0)
          throw badRequest(
            "The request is rejected because cannot delete detector while it has invited or associated members.",
          );
        store.world.state.together(() => {
          for (const collection of [store.findings, store.filters, store.destinations]) {
            for (const [key] of [...collection.entries(keyOf(detector.id, ""))]) collection.delete(key);
          }
          store.detectors.delete(keyOf(detector.accountId, detector.region, detector.id));
        });
        return {};
      },
    },
    ListDetectors: {
      needs: (_input, call) => [
        {
          action: "guardduty:ListDetectors",
          resource: `arn:aws:guardduty:${call.region}:${call.accountId}:detector/*`,
        },
      ],
      answer: (_input, call) => {
        const detector = detectorOfAccount(store, call.accountId, call.region);
        return { DetectorIds: detector === undefined ? [] : [detector.id] };
      },
    },
    ...tagOperations(store),
  } satisfies Service<"guardduty">["operations"];
}

/** A detector with everything as it is when nobody says otherwise. */
export function newDetector(store: GuardDutyStore, accountId: string, region: string): Detector {
  const at = store.world.clock.now();
  return {
    id: store.world.random.hex(32),
    accountId,
    region,
    isEnabled: true,
    frequency: "SIX_HOURS",
    features: defaultFeatures(at),
    createdAt: at,
    updatedAt: at,
    tags: {},
  };
}

function tagOperations(store: GuardDutyStore) {
  const find = (arn: string | undefined, call: { readonly accountId: string; readonly region: string }): Detector => {
    const detector = detectorOfAccount(store, call.accountId, call.region);
    if (detector === undefined || detectorArn(detector) !== arn)
      throw badRequest("The request is rejected because the resource is not a detector of this account and region.");
    return detector;
  };
  const needs = (action: string, arn: string | undefined) => [{ action: `guardduty:${action}`, resource: arn ?? "*" }];
  return {
    TagResource: {
      needs: (input) => needs("TagResource", input.ResourceArn),
      answer: (input, call) => {
        const detector = find(input.ResourceArn, call);
        putDetector(store, { ...detector, tags: readTags(detector.tags, input.Tags) });
        return {};
      },
    },
    UntagResource: {
      needs: (input) => needs("UntagResource", input.ResourceArn),
      answer: (input, call) => {
        const detector = find(input.ResourceArn, call);
        const gone = new Set(input.TagKeys);
        putDetector(store, {
          ...detector,
          tags: Object.fromEntries(Object.entries(detector.tags).filter(([key]) => !gone.has(key))),
        });
        return {};
      },
    },
    ListTagsForResource: {
      needs: (input) => needs("ListTagsForResource", input.ResourceArn),
      answer: (input, call) => ({ Tags: { ...find(input.ResourceArn, call).tags } }),
    },
  } satisfies Service<"guardduty">["operations"];
}

function readFrequency(given: string | undefined, otherwise: Frequency): Frequency {
  if (given === undefined) return otherwise;
  if (!frequencies.includes(given))
    throw badRequest("The request is rejected because an invalid findingPublishingFrequency is given.");
  return given as Frequency;
}
