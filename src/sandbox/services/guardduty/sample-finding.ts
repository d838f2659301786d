import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type FindingType } from "./finding-types.ts";
import { type NewFinding } from "./findings.ts";

/** Names and addresses that stand for real ones, as those of AWS's samples do. */
const sample = {
  userName: "GeneratedFindingUserName",
  principalId: "GeneratedFindingPrincipalId",
  accessKeyId: "GeneratedFindingAccessKeyId",
  bucket: "example-bucket1",
  instanceId: "i-99999999",
  address: "198.51.100.0",
};

/** A sample of a type: GuardDuty User Guide, "Sample findings", and the shapes of "Finding details". */
export function sampleFinding(type: FindingType, accountId: string, region: string, at: number): NewFinding {
  return {
    type: type.type,
    severity: type.severity,
    title: `[SAMPLE] ${type.title}`,
    description: `This is a sample of ${type.type}: ${type.title.toLowerCase()}. Nothing of it has happened.`,
    resource: resourceOf(type, accountId, region, at),
    service: {
      ...serviceOf(type, accountId, region, at),
      additionalInfo: { sample: true, value: '{"sample":true}', type: "default" },
    },
    key: "sample",
  };
}

function resourceOf({ subject }: FindingType, accountId: string, region: string, at: number): JsonObject {
  const accessKeyDetails = {
    accessKeyId: sample.accessKeyId,
    principalId: sample.principalId,
    userType: "IAMUser",
    userName: sample.userName,
  };
  switch (subject) {
    case "access-key":
      return { resourceType: "AccessKey", accessKeyDetails };
    case "bucket":
      return { resourceType: "S3Bucket", accessKeyDetails, s3BucketDetails: [bucketDetails(accountId, at)] };
    case "instance":
      return { resourceType: "Instance", instanceDetails: instanceDetails(accountId, region, at) };
    case "sequence-key":
    case "sequence-bucket":
      return { resourceType: "AttackSequence" };
  }
}

function bucketDetails(accountId: string, at: number): JsonObject {
  return {
    arn: `arn:aws:s3:::${sample.bucket}`,
    name: sample.bucket,
    type: "Destination",
    createdAt: Math.floor(at / 1_000),
    owner: { id: accountId },
    tags: [{ key: "GeneratedFindingS3Tag1", value: "GeneratedFindingS3Value1" }],
    defaultServerSideEncryption: { encryptionType: "AES256" },
    publicAccess: { effectivePermission: "NOT_PUBLIC" },
  };
}

function instanceDetails(accountId: string, region: string, at: number): JsonObject {
  return {
    instanceId: sample.instanceId,
    instanceType: "m3.xlarge",
    launchTime: new Date(at).toISOString(),
    instanceState: "running",
    availabilityZone: `${region}a`,
    imageId: "ami-99999999",
    iamInstanceProfile: {
      arn: `arn:aws:iam::${accountId}:instance-profile/example`,
      id: "GeneratedFindingInstanceProfileId",
    },
    networkInterfaces: [
      {
        privateIpAddress: "10.0.0.1",
        publicIp: sample.address,
        subnetId: "GeneratedFindingSubnetId",
        vpcId: "GeneratedFindingVPCId",
        securityGroups: [],
      },
    ],
    tags: [],
  };
}

function serviceOf(type: FindingType, accountId: string, region: string, at: number): JsonObject {
  const isSequence = type.subject === "sequence-key" || type.subject === "sequence-bucket";
  if (isSequence)
    return { resourceRole: "TARGET", action: {}, detection: { sequence: sequenceOf(type, accountId, region, at) } };
  if (type.subject === "instance") {
    return {
      resourceRole: "TARGET",
      action: {
        actionType: "DNS_REQUEST",
        dnsRequestAction: { domain: "GeneratedFindingDomainName", protocol: "UDP", blocked: false },
      },
    };
  }
  const affectedResources: JsonObject = type.subject === "bucket" ? { "AWS::S3::Bucket": sample.bucket } : {};
  return {
    resourceRole: "TARGET",
    action: {
      actionType: "AWS_API_CALL",
      awsApiCallAction: {
        api: type.api,
        serviceName: type.apiService,
        callerType: "Remote IP",
        userAgent: "GeneratedFindingUserAgent",
        remoteIpDetails: remoteIp(),
        affectedResources,
      },
    },
  };
}

function remoteIp(): JsonObject {
  return {
    ipAddressV4: sample.address,
    organization: {
      asn: "-1",
      asnOrg: "GeneratedFindingASNOrg",
      isp: "GeneratedFindingISP",
      org: "GeneratedFindingORG",
    },
    country: { countryName: "GeneratedFindingCountryName" },
    city: { cityName: "GeneratedFindingCityName" },
    geoLocation: { lat: 0, lon: 0 },
  };
}

/** Of instants in a sequence the SDK makes dates: they are seconds since 1970. */
function sequenceOf(type: FindingType, accountId: string, region: string, at: number): JsonObject {
  const seconds = Math.floor(at / 1_000);
  const bucketArn = `arn:aws:s3:::${sample.bucket}`;
  const keyArn = `arn:aws:iam::${accountId}:access-key/${sample.accessKeyId}`;
  const resources: JsonObject[] = [
    {
      uid: keyArn,
      name: sample.accessKeyId,
      accountId,
      resourceType: "ACCESS_KEY",
      region,
      service: "iam",
      data: { accessKey: { principalId: sample.principalId, userName: sample.userName, userType: "IAMUser" } },
    },
  ];
  if (type.subject === "sequence-bucket")
    resources.push({
      uid: bucketArn,
      name: sample.bucket,
      accountId,
      resourceType: "S3_BUCKET",
      region,
      service: "s3",
      data: { s3Bucket: { ownerId: accountId } },
    });
  return {
    uid: `sample-${type.subject}`,
    description: `A sample of ${type.type}`,
    actors: [
      {
        id: sample.principalId,
        user: { name: sample.userName, uid: sample.principalId, type: "IAMUser", credentialUid: sample.accessKeyId },
      },
    ],
    resources,
    endpoints: [{ id: sample.address, ip: sample.address }],
    signals: [
      {
        uid: `sample-signal-${type.api}`,
        type: type.subject === "sequence-bucket" ? "S3_DATA_EVENTS" : "CLOUD_TRAIL",
        name: type.api,
        createdAt: seconds,
        updatedAt: seconds,
        firstSeenAt: seconds,
        lastSeenAt: seconds,
        count: 1,
        actorIds: [sample.principalId],
        endpointIds: [sample.address],
        resourceUids: [keyArn],
      },
    ],
    sequenceIndicators: [{ key: "ATTACK_TACTIC", values: ["Impact"] }],
    additionalSequenceTypes: [],
  };
}
