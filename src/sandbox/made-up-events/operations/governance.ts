import { formatClock, type JsonObject } from "../record.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const cloudTrail = inService({ prefix: "cloudtrail", version: "1.11" });
const guardDuty = inService({ prefix: "guardduty", version: "1.11" });
const organizations = inService({
  prefix: "organizations",
  version: "1.11",
  isGlobal: true,
  host: () => "organizations.us-east-1.amazonaws.com",
});
const route53 = inService({
  prefix: "route53",
  version: "1.08",
  isGlobal: true,
  apiVersion: "2013-04-01",
});
const cloudWatch = inService({ prefix: "monitoring", version: "1.08" });
const logs = inService({ prefix: "logs", version: "1.09", apiVersion: "20140328" });
const events = inService({ prefix: "events", version: "1.11" });
const config = inService({ prefix: "config", version: "1.11" });
const securityHub = inService({ prefix: "securityhub", version: "1.11" });

/** Trails, detectors, organization, DNS, alarms, log groups, rules. */
export const governanceOperations: readonly Operation[] = [
  cloudTrail.reads("DescribeTrails", () => ({
    request: { trailNameList: [], includeShadowTrails: true },
  })),
  cloudTrail.reads("GetTrailStatus", (call) => ({ request: { name: trailArn(call) } })),
  cloudTrail.reads("GetEventSelectors", (call) => ({ request: { trailName: trailArn(call) } })),
  cloudTrail.reads("ListTrails", () => ({ request: null })),
  cloudTrail.reads("LookupEvents", () => ({
    request: {
      maxResults: 50,
      lookupAttributes: [{ attributeKey: "ReadOnly", attributeValue: "false" }],
    },
  })),
  cloudTrail.writes("StartLogging", (call) => ({ request: { name: trailArn(call) } })),
  cloudTrail.writes("StopLogging", (call) => ({ request: { name: trailArn(call) } })),
  cloudTrail.writes("UpdateTrail", (call) => updateTrail(call, { isMultiRegionTrail: true })),
  cloudTrail.writes("PutEventSelectors", (call) => ({
    request: {
      trailName: call.place.trail,
      eventSelectors: [
        {
          readWriteType: "All",
          includeManagementEvents: true,
          dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
        },
      ],
    },
    response: {
      trailARN: trailArn(call),
      eventSelectors: [
        {
          readWriteType: "All",
          includeManagementEvents: true,
          dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
          excludeManagementEventSources: [],
        },
      ],
    },
  })),
  guardDuty.reads("ListDetectors", () => ({ request: { maxResults: 50 } })),
  guardDuty.reads("GetDetector", ({ place }) => ({ request: { detectorId: place.detector } })),
  guardDuty.reads("ListFindings", ({ place }) => ({
    request: {
      detectorId: place.detector,
      findingCriteria: { criterion: { severity: { gte: 4 } } },
      sortCriteria: { attributeName: "updatedAt", orderBy: "DESC" },
      maxResults: 50,
    },
  })),
  guardDuty.reads("GetFindings", ({ random, place }) => ({
    request: { detectorId: place.detector, findingIds: [random.hex(32)] },
  })),
  guardDuty.writes("UpdateDetector", ({ place }) => ({
    request: {
      detectorId: place.detector,
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    },
  })),
  organizations.reads("DescribeOrganization", () => ({ request: null })),
  organizations.reads("ListAccounts", () => ({ request: null })),
  organizations.reads("ListPolicies", () => ({ request: { filter: "SERVICE_CONTROL_POLICY" } })),
  organizations.reads("DescribeAccount", ({ place }) => ({
    request: { accountId: place.accountId },
  })),
  organizations.writes("AttachPolicy", ({ random, place }) => ({
    request: { policyId: `p-${random.hex(8)}`, targetId: place.accountId },
  })),
  route53.reads("ListHostedZones", () => ({ request: null })),
  route53.reads("ListResourceRecordSets", ({ place }) => ({
    request: { hostedZoneId: place.hostedZone, maxItems: "100" },
  })),
  route53.writes("ChangeResourceRecordSets", (call) => changeRecordSets(call)),
  cloudWatch.reads("DescribeAlarms", () => ({
    request: { maxRecords: 100, alarmTypes: ["MetricAlarm"] },
  })),
  cloudWatch.readsData("GetMetricData", ({ at }) => ({
    request: {
      startTime: formatClock(at - 3_600_000),
      endTime: formatClock(at),
      maxDatapoints: 1000,
    },
  })),
  cloudWatch.writes("PutMetricAlarm", (call) => ({
    request: {
      alarmName: `${call.random.pick(call.place.services)}-5xx`,
      metricName: "HTTPCode_Target_5XX_Count",
      namespace: "AWS/ApplicationELB",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 5,
      threshold: 25,
      comparisonOperator: "GreaterThanThreshold",
      actionsEnabled: true,
      alarmActions: [arnIn(call, "sns", call.random.pick(call.place.topics))],
    },
  })),
  cloudWatch.writes("SetAlarmState", ({ random, place }) => ({
    request: {
      alarmName: `${random.pick(place.services)}-5xx`,
      stateValue: "OK",
      stateReason: "Checked by hand",
    },
  })),
  logs.reads("DescribeLogGroups", () => ({ request: { limit: 50 } })),
  logs.reads("DescribeLogStreams", ({ random, place }) => ({
    request: {
      logGroupName: random.pick(place.logGroups),
      orderBy: "LastEventTime",
      descending: true,
      limit: 50,
    },
  })),
  logs.reads("FilterLogEvents", ({ random, place, at }) => ({
    request: {
      logGroupName: random.pick(place.logGroups),
      filterPattern: "ERROR",
      startTime: at - 3_600_000,
      endTime: at,
    },
  })),
  logs.reads("StartQuery", ({ random, place, at }) => ({
    request: {
      logGroupNames: [random.pick(place.logGroups)],
      queryString: hidden,
      startTime: at - 3_600_000,
      endTime: at,
      limit: 1000,
    },
    response: { queryId: random.uuid() },
  })),
  logs.reads("GetQueryResults", ({ random }) => ({ request: { queryId: random.uuid() } })),
  logs.writes("CreateLogStream", ({ random, place, at }) => ({
    request: {
      logGroupName: random.pick(place.logGroups),
      logStreamName: `${new Date(at).toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${random.hex(32)}`,
    },
  })),
  logs.writes("CreateLogGroup", ({ random }) => ({
    request: { logGroupName: `/aws/lambda/preview-${random.hex(6)}` },
  })),
  logs.writes("PutRetentionPolicy", ({ random, place }) => ({
    request: { logGroupName: random.pick(place.logGroups), retentionInDays: 30 },
  })),
  events.reads("ListRules", () => ({ request: { limit: 100 } })),
  events.writes("PutRule", (call) => {
    const name = `${call.random.pick(call.place.functions)}-schedule`;
    return {
      request: { name, scheduleExpression: "rate(5 minutes)", state: "ENABLED", tags: [] },
      response: { ruleArn: arnIn(call, "events", `rule/${name}`) },
    };
  }),
  events.writes("PutTargets", (call) => ({
    request: {
      rule: `${call.random.pick(call.place.functions)}-schedule`,
      targets: [
        {
          id: "1",
          arn: arnIn(call, "lambda", `function:${call.random.pick(call.place.functions)}`),
        },
      ],
    },
    response: { failedEntryCount: 0, failedEntries: [] },
  })),
  config.reads("DescribeConfigurationRecorders", () => ({ request: null })),
  config.reads("DescribeComplianceByConfigRule", () => ({
    request: { complianceTypes: ["NON_COMPLIANT"] },
  })),
  config.writes("PutEvaluations", ({ random, at }) => ({
    request: {
      testMode: false,
      resultToken: hidden,
      evaluations: [
        {
          complianceResourceType: "AWS::S3::Bucket",
          complianceResourceId: `example-${random.hex(6)}`,
          complianceType: "COMPLIANT",
          orderingTimestamp: formatClock(at),
        },
      ],
    },
    response: { failedEvaluations: [] },
  })),
  securityHub.reads("GetFindings", () => ({
    request: {
      Filters: { RecordState: [{ Value: "ACTIVE", Comparison: "EQUALS" }] },
      MaxResults: 100,
    },
  })),
  securityHub.reads("GetEnabledStandards", () => ({ request: { MaxResults: 100 } })),
];

const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** Changes a trail; `more` says what. */
export function updateTrail(call: Call, more: JsonObject): CallBody {
  return {
    request: { name: call.place.trail, ...more },
    response: {
      name: call.place.trail,
      s3BucketName: `example-trail-logs-${call.place.accountId}`,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      trailARN: trailArn(call),
      logFileValidationEnabled: true,
      isOrganizationTrail: false,
      ...more,
    },
  };
}

/** The ARN of the trail in a place. */
export function trailArn(call: Call): string {
  return arnIn(call, "cloudtrail", `trail/${call.place.trail}`);
}

function changeRecordSets(call: Call): CallBody {
  const { random, place, at } = call;
  const recordSet = {
    name: `${random.pick(place.services)}.example.com.`,
    type: "A",
    tTL: 60,
    resourceRecords: [{ value: `198.51.100.${random.int(250)}` }],
  };
  return {
    request: {
      hostedZoneId: place.hostedZone,
      changeBatch: {
        changes: [{ action: "UPSERT", resourceRecordSet: recordSet }],
        comment: "made by external-dns",
      },
    },
    response: {
      changeInfo: {
        id: `/change/C${random.capitals(20)}`,
        status: "PENDING",
        submittedAt: formatClock(at),
      },
    },
  };
}
