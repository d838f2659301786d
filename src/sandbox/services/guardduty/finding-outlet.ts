import { gzipSync } from "node:zlib";
import { keyOf } from "../../../base/lasting.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type BusEvent } from "../../../recorder/index.ts";
import { type Inside } from "../../world.ts";
import { readArn } from "../resource-arn.ts";
import { type FindingsOutlet } from "./findings.ts";
import { type Destination, type Detector, detectorArn, type GuardDutyStore } from "./guardduty-store.ts";

/** The bus that findings are told on. */
export interface FindingBus {
  putBusEvent(accountId: string, region: string, event: BusEvent): Promise<void>;
}

/** Tells findings on the account's default bus, and exports them to its bucket if it has named one. */
export function findingOutlet(store: GuardDutyStore, bus: FindingBus, inside: Inside): FindingsOutlet {
  return {
    async publish(detector, finding) {
      const at = store.world.clock.now();
      await bus.putBusEvent(detector.accountId, detector.region, {
        detailType: "GuardDuty Finding",
        source: "aws.guardduty",
        at,
        detail: JSON.stringify(finding),
        isReadOnlyManagement: false,
      });
      for (const destination of [...store.destinations.values(keyOf(detector.id, ""))])
        await exportTo(destination, detector, finding, at);
    },
  };

  /** GuardDuty User Guide, "Exporting findings": gzip'd lines of JSON below `AWSLogs/<account>/GuardDuty/<region>/`. */
  async function exportTo(
    destination: Destination,
    detector: Detector,
    finding: JsonObject,
    at: number,
  ): Promise<void> {
    const [bucket = "", ...prefix] = (readArn(destination.bucketArn)?.resource ?? "").split("/");
    const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
    const folder = [...prefix, "AWSLogs", detector.accountId, "GuardDuty", detector.region, day]
      .filter((part) => part !== "")
      .join("/");
    const as = {
      service: "guardduty.amazonaws.com",
      region: detector.region,
      sourceArn: detectorArn(detector),
      sourceAccount: detector.accountId,
    };
    const input = {
      Bucket: bucket,
      Key: `${folder}/${store.world.random.uuid()}.jsonl.gz`,
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: destination.keyArn,
    };
    const { failingSince, ...rest } = destination;
    let isDone = true;
    try {
      await inside.callAs(as, "s3", "PutObject", input, gzipSync(`${JSON.stringify(finding)}\n`));
    } catch {
      // The destination's status says so to whoever asks for it.
      isDone = false;
    }
    const after: Destination = isDone
      ? { ...rest, status: "PUBLISHING" }
      : { ...rest, status: "UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY", failingSince: failingSince ?? at };
    store.destinations.put(keyOf(destination.detectorId, destination.id), after);
  }
}
