import { type AuditEventsInput, type AuditEventsOutput, type AuditParts } from "../../../recorder/index.ts";
import { findAuditChannel, putAuditEvents } from "../../../recorder/index.ts";
import { type Call, type Operation } from "../../service.ts";

/**
 * `PutAuditEvents` of the service cloudtrail-data, which the SDK here has no model of: `POST /PutAuditEvents` with
 * `channelArn` and `externalId` in the query and JSON in the body.
 */
export function auditEventsOperation(parts: AuditParts): Operation<AuditEventsInput, AuditEventsOutput> {
  const by = ({ accountId, region, caller, at }: Call) => ({ accountId, region, arn: caller.arn, at });
  return {
    needs(input, call) {
      const { channel, policy } = findAuditChannel(parts, input.channelArn, by(call));
      return [
        {
          action: "cloudtrail-data:PutAuditEvents",
          resource: channel.arn,
          resourcePolicy: policy,
          ownerId: channel.ownerId,
          // The key that the guide's example policy asks for.
          ...(input.externalId === undefined ? {} : { context: { "cloudtrail:ExternalId": input.externalId } }),
        },
      ];
    },
    answer: (input, call) => putAuditEvents(parts, input, by(call)),
  };
}
