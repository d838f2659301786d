import { type InputOf } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { readFilters } from "./filters.ts";
import { findSubnet, findVpc } from "./networks.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { pageOf } from "./paging.ts";
import { invalidValue, missingParameter, noSuchThing } from "./refusals.ts";
import { putTags, specifiedTags, tagContext, tagList, tagsOf } from "./tags.ts";
import { type FlowLog, placeKey } from "./things.ts";

/** VPC User Guide, "Flow log records": the format where none is given. */
const defaultFormat =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

/** Flow logs are kept and told; there is no traffic here that they could tell of. */
export function flowLogOperations(ec2: Ec2): Ec2Operations {
  const { things, world } = ec2;
  return {
    CreateFlowLogs: ec2Operation(ec2, "CreateFlowLogs", {
      honours: [
        "ResourceIds",
        "ResourceType",
        "TrafficType",
        "LogDestinationType",
        "LogDestination",
        "LogGroupName",
        "DeliverLogsPermissionArn",
        "LogFormat",
        "MaxAggregationInterval",
        "TagSpecifications",
        "ClientToken",
      ],
      needs: (input, call) => [
        need("CreateFlowLogs", ec2Arn(call, "vpc-flow-log/*"), call, { context: tagContext(input.TagSpecifications) }),
        ...(input.ResourceIds ?? []).map((id) =>
          need("CreateFlowLogs", ec2Arn(call, `${input.ResourceType === "Subnet" ? "subnet" : "vpc"}/${id}`), call),
        ),
        ...(input.DeliverLogsPermissionArn === undefined
          ? []
          : [{ action: "iam:PassRole", resource: input.DeliverLogsPermissionArn }]),
      ],
      answer(input, call) {
        const draft = readDraft(ec2, input, call);
        const tags = specifiedTags(input.TagSpecifications, "vpc-flow-log");
        const FlowLogIds = (input.ResourceIds ?? []).map((resourceId) => {
          const flowLog: FlowLog = { ...draft, resourceId, id: `fl-0${world.random.hex(16)}`, createdAt: call.at };
          things.flowLogs.put(placeKey(call, flowLog.id), flowLog);
          putTags(ec2, call, flowLog.id, tags);
          return flowLog.id;
        });
        return {
          FlowLogIds,
          Unsuccessful: [],
          ...(input.ClientToken === undefined ? {} : { ClientToken: input.ClientToken }),
        };
      },
    }),
    DescribeFlowLogs: ec2Operation(ec2, "DescribeFlowLogs", {
      honours: ["FlowLogIds", "Filter", "MaxResults", "NextToken"],
      answer(input, call) {
        for (const id of input.FlowLogIds ?? []) {
          if (!things.flowLogs.has(placeKey(call, id))) throw noSuchThing("flow log", id);
        }
        const passes = readFilters<FlowLog>(
          input.Filter,
          {
            "deliver-log-status": () => ["SUCCESS"],
            "flow-log-id": ({ id }) => [id],
            "log-destination-type": ({ destinationType }) => [destinationType],
            "log-group-name": ({ logGroupName }) => [logGroupName],
            "resource-id": ({ resourceId }) => [resourceId],
            "traffic-type": ({ trafficType }) => [trafficType],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = [...things.flowLogs.values(placeKey(call))].filter(
          (log) => (input.FlowLogIds?.includes(log.id) ?? true) && passes(log),
        );
        const { things: page, ...next } = pageOf(found, ({ id }) => id, input, { least: 1, ids: input.FlowLogIds });
        const FlowLogs = page.map((log) => ({
          FlowLogId: log.id,
          FlowLogStatus: "ACTIVE",
          ResourceId: log.resourceId,
          TrafficType: log.trafficType as "ALL",
          LogDestinationType: log.destinationType as "s3",
          ...(log.destination === undefined ? {} : { LogDestination: log.destination }),
          ...(log.logGroupName === undefined ? {} : { LogGroupName: log.logGroupName }),
          ...(log.roleArn === undefined ? {} : { DeliverLogsPermissionArn: log.roleArn }),
          DeliverLogsStatus: "SUCCESS",
          LogFormat: log.format,
          MaxAggregationInterval: log.aggregationSeconds,
          CreationTime: new Date(log.createdAt),
          Tags: tagList(tagsOf(ec2, call, log.id)),
        }));
        return { FlowLogs, ...next };
      },
    }),
    DeleteFlowLogs: ec2Operation(ec2, "DeleteFlowLogs", {
      honours: ["FlowLogIds"],
      needs: (input, call) =>
        (input.FlowLogIds ?? []).map((id) =>
          need("DeleteFlowLogs", ec2Arn(call, `vpc-flow-log/${id}`), call, { tags: tagsOf(ec2, call, id) }),
        ),
      answer(input, call) {
        if (input.FlowLogIds === undefined || input.FlowLogIds.length === 0) throw missingParameter("FlowLogId");
        for (const id of input.FlowLogIds) {
          if (!/^fl-[0-9a-f]{1,17}$/.test(id)) {
            // As in a real record of CloudTrail's (TrailDiscover, DeleteFlowLogs).
            throw invalidValue(
              `1 validation error detected: Value '[${id.slice(0, 80)}]' at 'flowLogId' has an invalid format`,
            );
          }
          if (!things.flowLogs.delete(placeKey(call, id))) throw noSuchThing("flow log", id);
          things.tags.delete(placeKey(call, id));
        }
        return { Unsuccessful: [] };
      },
    }),
  };
}

function readDraft(
  ec2: Ec2,
  input: InputOf<"ec2", "CreateFlowLogs">,
  call: Call,
): Omit<FlowLog, "id" | "resourceId" | "createdAt"> {
  const { ResourceIds: ids = [], ResourceType: type, LogDestinationType: destinationType = "cloud-watch-logs" } = input;
  if (ids.length === 0) throw missingParameter("ResourceId");
  if (ids.length > 25) throw invalidValue("At most 25 resources can be given");
  if (type !== "VPC" && type !== "Subnet") throw invalidValue("The made-up EC2 has flow logs of VPCs and subnets");
  for (const id of ids)
    if (type === "VPC") findVpc(ec2, call, id);
    else findSubnet(ec2, call, id);
  if (input.TrafficType === undefined) throw missingParameter("TrafficType");
  if (destinationType === "cloud-watch-logs" && input.DeliverLogsPermissionArn === undefined) {
    throw missingParameter("DeliverLogsPermissionArn");
  }
  if (
    destinationType === "cloud-watch-logs" &&
    input.LogGroupName === undefined &&
    input.LogDestination === undefined
  ) {
    throw missingParameter("LogGroupName");
  }
  if (destinationType !== "cloud-watch-logs" && input.LogDestination === undefined)
    throw missingParameter("LogDestination");
  const { MaxAggregationInterval: aggregationSeconds = 600 } = input;
  if (aggregationSeconds !== 60 && aggregationSeconds !== 600)
    throw invalidValue("MaxAggregationInterval is 60 or 600");
  return {
    trafficType: input.TrafficType,
    destinationType,
    destination: input.LogDestination,
    logGroupName: input.LogGroupName,
    roleArn: input.DeliverLogsPermissionArn,
    format: input.LogFormat ?? defaultFormat,
    aggregationSeconds,
  };
}
