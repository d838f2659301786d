import { type Collection, keyOf, type LastingState } from "../../../base/lasting.ts";

/** What EC2 keeps. Keys are account, region and id, but for snapshots, which others may be let at: region and id. */
export interface Ec2Things {
  readonly instances: Collection<Instance>;
  readonly volumes: Collection<Volume>;
  readonly snapshots: Collection<Snapshot>;
  readonly keyPairs: Collection<KeyPair>;
  readonly vpcs: Collection<Vpc>;
  readonly subnets: Collection<Subnet>;
  readonly securityGroups: Collection<SecurityGroup>;
  readonly flowLogs: Collection<FlowLog>;
  /** By account, region and the id of what is tagged. */
  readonly tags: Collection<Tags>;
  readonly settings: Collection<RegionSettings>;
  /** Reservation ids by account, region and client token. */
  readonly clientTokens: Collection<{ readonly reservationId: string; readonly request: string }>;
}

export type Tags = Readonly<Record<string, string>>;

export type InstanceStateName = "pending" | "running" | "shutting-down" | "terminated" | "stopping" | "stopped";

export interface Instance {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly imageId: string;
  readonly instanceType: string;
  readonly keyName: string | undefined;
  readonly launchedAt: number;
  /** What it was last told; from `told.at` on it is on its way there. */
  readonly told: { readonly to: "running" | "stopped" | "terminated"; readonly at: number };
  readonly zone: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly privateIp: string;
  readonly publicIp: string | undefined;
  readonly interfaceId: string;
  readonly volumes: readonly {
    readonly device: string;
    readonly volumeId: string;
    readonly isDeletedWithIt: boolean;
  }[];
  readonly clientToken: string | undefined;
  readonly isMonitored: boolean;
  readonly isEbsOptimized: boolean;
  readonly isTerminationDisabled: boolean;
  readonly isStopDisabled: boolean;
  readonly isSourceDestChecked: boolean;
  readonly shutdownBehavior: "stop" | "terminate";
  /** As it was sent, in Base64. */
  readonly userData: string | undefined;
  readonly profile:
    | { readonly arn: string; readonly id: string; readonly associationId: string; readonly at: number }
    | undefined;
  readonly metadata: MetadataOptions;
}

export interface MetadataOptions {
  readonly httpTokens: "optional" | "required";
  readonly httpPutResponseHopLimit: number;
  readonly httpEndpoint: "enabled" | "disabled";
  readonly httpProtocolIpv6: "enabled" | "disabled";
  readonly instanceMetadataTags: "enabled" | "disabled";
}

export interface Volume {
  readonly id: string;
  readonly zone: string;
  readonly sizeGib: number;
  readonly type: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly snapshotId: string | undefined;
  readonly isEncrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly createdAt: number;
  readonly attachment:
    | { readonly instanceId: string; readonly device: string; readonly at: number; readonly isDeletedWithIt: boolean }
    | undefined;
}

export interface Snapshot {
  readonly id: string;
  readonly ownerId: string;
  readonly volumeId: string;
  readonly sizeGib: number;
  readonly description: string;
  readonly isEncrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly startedAt: number;
  /** Accounts that may make volumes of it; `all` for everybody. */
  readonly sharedWith: readonly string[];
}

export interface KeyPair {
  readonly id: string;
  readonly name: string;
  readonly type: "rsa" | "ed25519";
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly createdAt: number;
}

export interface Vpc {
  readonly id: string;
  readonly cidr: string;
  readonly isDefault: boolean;
  readonly tenancy: string;
  readonly createdAt: number;
  readonly cidrAssociationId: string;
  readonly dhcpOptionsId: string;
  readonly hasDnsSupport: boolean;
  readonly hasDnsHostnames: boolean;
  readonly hasAddressUsageMetrics: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  readonly isDefault: boolean;
  readonly givesPublicIp: boolean;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly rules: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule {
  readonly id: string;
  readonly isEgress: boolean;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** One of these four. */
  readonly peer:
    | { readonly kind: "ipv4"; readonly range: string }
    | { readonly kind: "ipv6"; readonly range: string }
    | { readonly kind: "group"; readonly groupId: string; readonly accountId: string }
    | { readonly kind: "prefix-list"; readonly prefixListId: string };
  readonly description: string | undefined;
}

export interface FlowLog {
  readonly id: string;
  readonly resourceId: string;
  readonly trafficType: string;
  readonly destinationType: string;
  readonly destination: string | undefined;
  readonly logGroupName: string | undefined;
  readonly roleArn: string | undefined;
  readonly format: string;
  readonly aggregationSeconds: number;
  readonly createdAt: number;
}

export interface RegionSettings {
  readonly hasDefaults: boolean;
  readonly isEbsEncryptedByDefault: boolean;
}

/** Opens what EC2 keeps. */
export function openThings(state: LastingState): Ec2Things {
  return {
    instances: state.collection("ec2/instances"),
    volumes: state.collection("ec2/volumes"),
    snapshots: state.collection("ec2/snapshots"),
    keyPairs: state.collection("ec2/key-pairs"),
    vpcs: state.collection("ec2/vpcs"),
    subnets: state.collection("ec2/subnets"),
    securityGroups: state.collection("ec2/security-groups"),
    flowLogs: state.collection("ec2/flow-logs"),
    tags: state.collection("ec2/tags"),
    settings: state.collection("ec2/settings"),
    clientTokens: state.collection("ec2/client-tokens"),
  };
}

/** The key of one of the caller's things in the call's region; without an id, what all their keys begin with. */
export function placeKey(call: { readonly accountId: string; readonly region: string }, id = ""): string {
  return keyOf(call.accountId, call.region, id);
}

/** The key of something that other accounts may be let at, too. */
export function regionKey(region: string, id = ""): string {
  return keyOf(region, id);
}
