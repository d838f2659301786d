import { cloudTrailDataModel, cloudTrailDataSigningName } from "../../../aws/index.ts";
import { type AuditEventsOutput, type AuditParts, findAuditChannel, putAuditEvents } from "../../../recorder/index.ts";
import { type ExtraService } from "../../front/index.ts";
import { type Call, type Operation } from "../../service.ts";

interface AuditEventsRequest {
  readonly channelArn?: string;
  readonly externalId?: string;
  readonly auditEvents?: readonly object[];
}

/** CloudTrail Data: `PutAuditEvents`, which the SDK here has no model of. */
export function auditEventsService(parts: AuditParts): ExtraService {
  return {
    signingName: cloudTrailDataSigningName,
    model: cloudTrailDataModel(),
    operations: { PutAuditEvents: auditEventsOperation(parts) },
  };
}

function auditEventsOperation(parts: AuditParts): Operation<AuditEventsRequest, AuditEventsOutput> {
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
    deniedCode: "ChannelInsufficientPermission",
    answer({ channelArn, externalId, auditEvents }, call) {
      const { channel } = findAuditChannel(parts, channelArn, by(call));
      // A data event of the channel (User Guide, "Logging data events": AWS::CloudTrail::Channel). What an application
      // has to say stands in its own records only.
      call.note({
        category: "Data",
        isReadOnly: false,
        requestParameters: { channelArn: channel.arn },
        resources: [{ accountId: channel.ownerId, type: "AWS::CloudTrail::Channel", ARN: channel.arn }],
      });
      return putAuditEvents(parts, { channelArn, externalId, body: { auditEvents } }, by(call));
    },
  };
}
