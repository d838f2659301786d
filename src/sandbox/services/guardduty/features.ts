import { type InputOf, type OutputOf } from "../../../aws/index.ts";
import { badRequest, type Detector, type FeatureState } from "./guardduty-store.ts";

type Features = Detector["features"];
type WireFeatures = InputOf<"guardduty", "CreateDetector">["Features"];
type ToldFeatures = NonNullable<OutputOf<"guardduty", "GetDetector">["Features"]>;

/** What is always on. */
const foundational = ["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"];
/** What can be chosen, with what belongs to it: GuardDuty API Reference, CreateDetector. On by default but where it says no. */
const optional: Readonly<Record<string, { readonly isOn: boolean; readonly additional: readonly string[] }>> = {
  S3_DATA_EVENTS: { isOn: true, additional: [] },
  EKS_AUDIT_LOGS: { isOn: true, additional: [] },
  EBS_MALWARE_PROTECTION: { isOn: true, additional: [] },
  RDS_LOGIN_EVENTS: { isOn: true, additional: [] },
  LAMBDA_NETWORK_LOGS: { isOn: true, additional: [] },
  EKS_RUNTIME_MONITORING: { isOn: false, additional: ["EKS_ADDON_MANAGEMENT"] },
  RUNTIME_MONITORING: {
    isOn: false,
    additional: ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"],
  },
};

export function defaultFeatures(at: number): Features {
  return Object.fromEntries(
    Object.entries(optional).map(([name, { isOn }]) => [name, { isEnabled: isOn, updatedAt: at, additional: {} }]),
  );
}

/** The features after a change, asked for in the newer or in the older way (`DataSources`). */
export function changeFeatures(
  before: Features,
  features: WireFeatures,
  sources: InputOf<"guardduty", "CreateDetector">["DataSources"],
  at: number,
): Features {
  if (features !== undefined && sources !== undefined)
    throw badRequest("The request is rejected because both features and dataSources are given.");
  const asked = features ?? [
    ...ofOld("S3_DATA_EVENTS", sources?.S3Logs?.Enable),
    ...ofOld("EKS_AUDIT_LOGS", sources?.Kubernetes?.AuditLogs?.Enable),
    ...ofOld("EBS_MALWARE_PROTECTION", sources?.MalwareProtection?.ScanEc2InstanceWithFindings?.EbsVolumes),
  ];
  const after = new Map<string, FeatureState>(Object.entries(before));
  for (const { Name: name = "", Status: status, AdditionalConfiguration: additional } of asked) {
    const known = Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (known === undefined)
      throw badRequest(
        `The request is rejected because the feature ${String(name).slice(0, 100)} is not one of a detector.`,
      );
    const old = after.get(name);
    const parts = new Map(Object.entries(old?.additional ?? {}));
    for (const { Name: part = "", Status: partStatus } of additional ?? []) {
      if (!known.additional.includes(part))
        throw badRequest(`The request is rejected because ${String(part).slice(0, 100)} does not belong to ${name}.`);
      parts.set(part, { isEnabled: partStatus === "ENABLED", updatedAt: at });
    }
    after.set(name, {
      isEnabled: (status ?? (old?.isEnabled === true ? "ENABLED" : "DISABLED")) === "ENABLED",
      updatedAt: at,
      additional: Object.fromEntries(parts),
    });
  }
  if (after.get("EKS_RUNTIME_MONITORING")?.isEnabled === true && after.get("RUNTIME_MONITORING")?.isEnabled === true) {
    throw badRequest(
      "The request is rejected because EKS_RUNTIME_MONITORING and RUNTIME_MONITORING cannot both be enabled.",
    );
  }
  return Object.fromEntries(after);
}

export function tellFeatures(detector: Detector): ToldFeatures {
  const always = foundational.map((Name) => ({ Name, Status: "ENABLED", UpdatedAt: new Date(detector.createdAt) }));
  const chosen = Object.entries(detector.features).map(([Name, { isEnabled, updatedAt, additional }]) => ({
    Name,
    Status: statusOf(isEnabled),
    UpdatedAt: new Date(updatedAt),
    AdditionalConfiguration: Object.entries(additional).map(([part, state]) => ({
      Name: part,
      Status: statusOf(state.isEnabled),
      UpdatedAt: new Date(state.updatedAt),
    })),
  }));
  return [...always, ...chosen] as ToldFeatures;
}

/** The same as GuardDuty told it of old. */
export function tellDataSources({
  features,
}: Detector): NonNullable<OutputOf<"guardduty", "GetDetector">["DataSources"]> {
  const status = (name: string) => statusOf(features[name]?.isEnabled === true);
  return {
    CloudTrail: { Status: "ENABLED" },
    DNSLogs: { Status: "ENABLED" },
    FlowLogs: { Status: "ENABLED" },
    S3Logs: { Status: status("S3_DATA_EVENTS") },
    Kubernetes: { AuditLogs: { Status: status("EKS_AUDIT_LOGS") } },
    MalwareProtection: { ScanEc2InstanceWithFindings: { EbsVolumes: { Status: status("EBS_MALWARE_PROTECTION") } } },
  };
}

function ofOld(
  name: "S3_DATA_EVENTS" | "EKS_AUDIT_LOGS" | "EBS_MALWARE_PROTECTION",
  isEnabled: boolean | undefined,
): NonNullable<WireFeatures> {
  return isEnabled === undefined ? [] : [{ Name: name, Status: statusOf(isEnabled) }];
}

function statusOf(isEnabled: boolean): "ENABLED" | "DISABLED" {
  return isEnabled ? "ENABLED" : "DISABLED";
}
