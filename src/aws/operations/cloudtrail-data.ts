import { type AwsOperation, type ErrorModel, type ServiceModel } from "./operation.ts";
import { readStructure } from "./read-schema.ts";

/** What requests to it are signed for. */
export const cloudTrailDataSigningName = "cloudtrail-data";

/** Whole-call errors of PutAuditEvents; all of them with status 400 (API Reference of CloudTrail Data). */
const errorNames = [
  "ChannelInsufficientPermission",
  "ChannelNotFound",
  "ChannelUnsupportedSchema",
  "DuplicatedAuditEventId",
  "InvalidChannelARN",
  "UnsupportedOperationException",
];

const namespace = "com.amazonaws.cloudtraildata";

/** The tuples that the SDK's package for it has; the package itself has nothing else that is needed here. */
const auditEvent = [3, namespace, "AuditEvent", 0, ["id", "eventData", "eventDataChecksum"], [0, 0, 0], 2];
const request = [
  3,
  namespace,
  "PutAuditEventsRequest",
  0,
  ["auditEvents", "channelArn", "externalId"],
  [
    [1, namespace, "AuditEvents", 0, () => auditEvent],
    [0, { httpQuery: "channelArn" }],
    [0, { httpQuery: "externalId" }],
  ],
  2,
];
const taken = [3, namespace, "AuditEventResultEntry", 0, ["id", "eventID"], [0, 0], 2];
const refused = [3, namespace, "ResultErrorEntry", 0, ["id", "errorCode", "errorMessage"], [0, 0, 0], 3];
const response = [
  3,
  namespace,
  "PutAuditEventsResponse",
  0,
  ["successful", "failed"],
  [
    [1, namespace, "AuditEventResultEntries", 0, () => taken],
    [1, namespace, "ResultErrorEntries", 0, () => refused],
  ],
  2,
];

let made: ServiceModel | undefined;

/** CloudTrail Data, which takes applications' own events; a part of CloudTrail with an endpoint and a model of its own. */
export function cloudTrailDataModel(): ServiceModel {
  if (made !== undefined) return made;
  const operations = new Map<string, AwsOperation>();
  const errors = errorNames.map((name): [string, ErrorModel] => [
    name,
    { name, queryCode: undefined, status: 400, fault: "client" },
  ]);
  const service: ServiceModel = {
    name: "cloudtrail",
    eventSource: "cloudtrail-data.amazonaws.com",
    version: "2021-08-11",
    xmlNamespace: "",
    target: "CloudTrailDataService",
    isQueryCompatible: false,
    operations,
    errors: new Map(errors),
    older: undefined,
  };
  operations.set("PutAuditEvents", {
    service,
    name: "PutAuditEvents",
    protocol: "restJson1",
    http: { method: "POST", path: "/PutAuditEvents", query: [], status: 200 },
    input: readStructure(request),
    output: readStructure(response),
  });
  made = service;
  return service;
}
