import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { readArn } from "../resource-arn.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import { badRequest, type Destination, detectorOf, onDetector } from "./guardduty-store.ts";
import { readTags } from "./guardduty-tags.ts";

interface WireProperties {
  readonly DestinationArn?: string | undefined;
  readonly KmsKeyArn?: string | undefined;
}

/** Where findings are exported to: a bucket, encrypted with a key. */
export function destinationOperations({ store }: GuardDutyParts) {
  const { destinations } = store;
  const find = (detectorId: string, id: string | undefined): Destination => {
    const found = destinations.get(keyOf(detectorId, id ?? ""));
    if (found === undefined)
      throw badRequest("The request is rejected because the publishing destination does not exist.");
    return found;
  };
  return {
    CreatePublishingDestination: {
      needs: (input, call) => onDetector("CreatePublishingDestination", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        if (input.DestinationType !== "S3")
          throw badRequest("The request is rejected because the destinationType is not S3.");
        if ([...destinations.values(keyOf(detector.id, ""))].length > 0)
          throw badRequest("The request is rejected because a publishing destination of this type already exists.");
        const destination: Destination = {
          id: store.world.random.hex(32),
          detectorId: detector.id,
          ...readProperties(input.DestinationProperties, call.region),
          status: "PENDING_VERIFICATION",
          tags: readTags({}, input.Tags),
        };
        destinations.put(keyOf(detector.id, destination.id), destination);
        return { DestinationId: destination.id };
      },
    },
    DescribePublishingDestination: {
      needs: (input, call) =>
        onDetector(
          "DescribePublishingDestination",
          input.DetectorId,
          call,
          `/publishingDestination/${input.DestinationId ?? ""}`,
        ),
      answer: (input, call) => {
        const found = find(detectorOf(store, input.DetectorId, call).id, input.DestinationId);
        return {
          DestinationId: found.id,
          DestinationType: "S3",
          Status: found.status,
          PublishingFailureStartTimestamp: found.failingSince ?? 0,
          DestinationProperties: { DestinationArn: found.bucketArn, KmsKeyArn: found.keyArn },
          Tags: { ...found.tags },
        };
      },
    },
    UpdatePublishingDestination: {
      needs: (input, call) =>
        onDetector(
          "UpdatePublishingDestination",
          input.DetectorId,
          call,
          `/publishingDestination/${input.DestinationId ?? ""}`,
        ),
      answer: (input, call) => {
        const { failingSince: _failing, ...found } = find(
          detectorOf(store, input.DetectorId, call).id,
          input.DestinationId,
        );
        const properties = input.DestinationProperties;
        const asked = {
          DestinationArn: properties?.DestinationArn ?? found.bucketArn,
          KmsKeyArn: properties?.KmsKeyArn ?? found.keyArn,
        };
        destinations.put(keyOf(found.detectorId, found.id), {
          ...found,
          ...readProperties(asked, call.region),
          status: "PENDING_VERIFICATION",
        });
        return {};
      },
    },
    DeletePublishingDestination: {
      needs: (input, call) =>
        onDetector(
          "DeletePublishingDestination",
          input.DetectorId,
          call,
          `/publishingDestination/${input.DestinationId ?? ""}`,
        ),
      answer: (input, call) => {
        const found = find(detectorOf(store, input.DetectorId, call).id, input.DestinationId);
        destinations.delete(keyOf(found.detectorId, found.id));
        return {};
      },
    },
    ListPublishingDestinations: {
      needs: (input, call) => onDetector("ListPublishingDestinations", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const page = pageOf(
          destinations.values(keyOf(detector.id, "")),
          ({ id }) => id,
          input.MaxResults ?? 50,
          input.NextToken,
        );
        if (page === undefined) throw badRequest("The request is rejected because the nextToken is invalid.");
        return {
          Destinations: page.items.map(({ id, status }) => ({
            DestinationId: id,
            DestinationType: "S3",
            Status: status,
          })),
          ...(page.next === undefined ? {} : { NextToken: page.next }),
        };
      },
    },
  } satisfies Service<"guardduty">["operations"];
}

function readProperties(given: WireProperties | undefined, region: string): Pick<Destination, "bucketArn" | "keyArn"> {
  const { DestinationArn: bucketArn = "", KmsKeyArn: keyArn = "" } = given ?? {};
  const bucket = readArn(bucketArn);
  const key = readArn(keyArn);
  if (bucket?.service !== "s3")
    throw badRequest("The request is rejected because the destinationArn is not the ARN of a bucket.");
  // GuardDuty User Guide, "Exporting findings": the key is in the bucket's region, and has to be given.
  if (key?.service !== "kms" || key.region !== region || !key.resource.startsWith("key/"))
    throw badRequest("The request is rejected because the kmsKeyArn is not the ARN of a key in this region.");
  return { bucketArn, keyArn };
}
