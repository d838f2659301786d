import { formatClock } from "../record.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const dynamo = inService({ prefix: "dynamodb", version: "1.10", apiVersion: "2012-08-10" });
const rds = inService({ prefix: "rds", version: "1.11" });
const secrets = inService({ prefix: "secretsmanager", version: "1.11" });
const ssm = inService({ prefix: "ssm", version: "1.08" });
const sqs = inService({ prefix: "sqs", version: "1.09" });
const sns = inService({ prefix: "sns", version: "1.09" });

const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** Tables, databases, secrets, parameters, queues, topics. */
export const dataOperations: readonly Operation[] = [
  dynamo.reads("DescribeTable", (call) => onTable(call)),
  dynamo.reads("ListTables", () => ({ request: { limit: 100 } })),
  dynamo.reads("DescribeContinuousBackups", (call) => onTable(call)),
  dynamo.readsData("GetItem", (call) => onItem(call)),
  dynamo.readsData("Query", (call) => onTable(call)),
  dynamo.writesData("PutItem", (call) => onItem(call)),
  dynamo.writesData("UpdateItem", (call) => onItem(call)),
  dynamo.writes("UpdateTable", (call) => onTable(call)),
  rds.reads("DescribeDBInstances", ({ random, place }) => ({
    request: random.chance(0.5) ? { maxRecords: 100 } : { dBInstanceIdentifier: random.pick(place.databases) },
  })),
  rds.reads("DescribeDBSnapshots", ({ random, place }) => ({
    request: {
      dBInstanceIdentifier: random.pick(place.databases),
      includeShared: false,
      includePublic: false,
    },
  })),
  rds.reads("DescribeDBClusters", () => ({ request: { maxRecords: 100, includeShared: false } })),
  rds.writes("CreateDBSnapshot", (call) => createDatabaseSnapshot(call)),
  rds.writes("ModifyDBInstance", (call) => {
    const dBInstanceIdentifier = call.random.pick(call.place.databases);
    return {
      request: {
        dBInstanceIdentifier,
        applyImmediately: true,
        backupRetentionPeriod: 14,
        allowMajorVersionUpgrade: false,
      },
      response: {
        dBInstanceIdentifier,
        dBInstanceClass: "db.r6g.large",
        engine: "postgres",
        engineVersion: "16.10",
        dBInstanceStatus: "available",
        masterUsername: "example",
        multiAZ: true,
        storageEncrypted: true,
        deletionProtection: true,
        publiclyAccessible: false,
        dBInstanceArn: arnIn(call, "rds", `db:${dBInstanceIdentifier}`),
        pendingModifiedValues: {},
        backupRetentionPeriod: 14,
      },
    };
  }),
  secrets.reads("GetSecretValue", (call) => ({
    request: { secretId: secretArn(call), versionStage: "AWSCURRENT" },
  })),
  secrets.reads("DescribeSecret", (call) => ({ request: { secretId: secretArn(call) } })),
  secrets.reads("ListSecrets", () => ({ request: { maxResults: 100 } })),
  secrets.writes("RotateSecret", (call) => {
    const arn = secretArn(call);
    return {
      request: { secretId: arn, clientRequestToken: call.random.uuid() },
      response: { arn, versionId: call.random.uuid() },
    };
  }),
  secrets.writes("PutSecretValue", (call) => ({
    request: {
      secretId: secretArn(call),
      clientRequestToken: call.random.uuid(),
      versionStages: ["AWSPENDING"],
    },
    response: { arn: secretArn(call) },
  })),
  ssm.reads("GetParameter", (call) => {
    const name = call.random.pick(call.place.parameters);
    return {
      request: { name, withDecryption: true },
      resources: [{ accountId: call.place.accountId, ARN: arnIn(call, "ssm", `parameter${name}`) }],
    };
  }),
  ssm.reads("GetParametersByPath", () => ({
    request: { path: "/example/", recursive: true, withDecryption: true, maxResults: 10 },
  })),
  ssm.reads("DescribeInstanceInformation", ({ random, place }) => ({
    request: { filters: [{ key: "InstanceIds", values: [random.pick(place.instances)] }] },
  })),
  ssm.writes("UpdateInstanceInformation", ({ random, place }) => ({
    request: {
      instanceId: random.pick(place.instances),
      agentVersion: "3.3.3050.0",
      agentStatus: "Active",
      platformType: "Linux",
      platformName: "Amazon Linux",
      platformVersion: "2023",
      iPAddress: `10.20.${random.int(250)}.${random.int(250)}`,
      computerName: `ip-10-20-${random.int(250)}-${random.int(250)}.${place.region}.compute.internal`,
      agentName: "amazon-ssm-agent",
      availabilityZone: `${place.region}a`,
      availabilityZoneId: "euc1-az2",
      sSMConnectionChannel: "ssmmessages",
    },
  })),
  ssm.writes("PutParameter", ({ random, place }) => ({
    request: {
      name: random.pick(place.parameters),
      value: hidden,
      type: "SecureString",
      overwrite: true,
      tier: "Standard",
    },
    response: { version: random.int(40) + 1, tier: "Standard" },
  })),
  ssm.writes("StartSession", (call) => {
    const target = call.random.pick(call.place.instances);
    const sessionId = `${call.callerArn.split("/").at(-1) ?? "session"}-${call.random.letters(26).toLowerCase()}`;
    return {
      request: { target, documentName: "SSM-SessionManagerRunShell" },
      response: {
        sessionId,
        tokenValue: "Value hidden due to security reasons.",
        streamUrl: `wss://ssmmessages.${call.place.region}.amazonaws.com/v1/data-channel/${sessionId}?role=publish_subscribe`,
      },
    };
  }),
  ssm.writes("SendCommand", (call) => sendCommand(call)),
  sqs.readsData("ReceiveMessage", (call) =>
    onQueue(call, {
      maxNumberOfMessages: 10,
      waitTimeSeconds: 20,
      messageSystemAttributeNames: ["All"],
    }),
  ),
  sqs.writesData("SendMessage", (call) =>
    onQueue(call, { messageBody: hidden }, { messageId: call.random.uuid(), mD5OfMessageBody: call.random.hex(32) }),
  ),
  sqs.reads("GetQueueAttributes", (call) => onQueue(call, { attributeNames: ["All"] })),
  sqs.writes("CreateQueue", (call) => onQueue(call, { attributes: { KmsMasterKeyId: "alias/aws/sqs" } })),
  sns.reads("ListTopics", () => ({ request: null })),
  sns.reads("GetTopicAttributes", (call) => ({ request: { topicArn: topicArn(call) } })),
  sns.writesData("Publish", (call) => ({
    request: { topicArn: topicArn(call), message: hidden, subject: hidden, messageStructure: "" },
    response: { messageId: call.random.uuid() },
  })),
  sns.writes("Subscribe", (call) => {
    const arn = topicArn(call);
    return {
      request: {
        topicArn: arn,
        protocol: "sqs",
        endpoint: arnIn(call, "sqs", call.random.pick(call.place.queues)),
        returnSubscriptionArn: false,
      },
      response: { subscriptionArn: `${arn}:${call.random.uuid()}` },
    };
  }),
];

function onTable(call: Call): CallBody {
  const tableName = call.random.pick(call.place.tables);
  const arn = arnIn(call, "dynamodb", `table/${tableName}`);
  return {
    request: { tableName },
    resources: [{ accountId: call.place.accountId, type: "AWS::DynamoDB::Table", ARN: arn }],
  };
}

function onItem(call: Call): CallBody {
  const tableName = call.random.pick(call.place.tables);
  const arn = arnIn(call, "dynamodb", `table/${tableName}`);
  return {
    request: {
      tableName,
      key: { id: `order-${call.random.int(900_000) + 100_000}` },
      consistentRead: false,
      returnConsumedCapacity: "TOTAL",
    },
    resources: [{ accountId: call.place.accountId, type: "AWS::DynamoDB::Table", ARN: arn }],
  };
}

function createDatabaseSnapshot(call: Call): CallBody {
  const dBInstanceIdentifier = call.random.pick(call.place.databases);
  const dBSnapshotIdentifier = `nightly-${dBInstanceIdentifier}-${call.random.hex(6)}`;
  return {
    request: { dBInstanceIdentifier, dBSnapshotIdentifier },
    response: {
      dBSnapshotIdentifier,
      dBInstanceIdentifier,
      engine: "postgres",
      engineVersion: "16.10",
      allocatedStorage: 200,
      status: "creating",
      port: 5432,
      availabilityZone: `${call.place.region}a`,
      vpcId: call.place.vpc,
      instanceCreateTime: formatClock(call.at - 9e9),
      masterUsername: "example",
      snapshotType: "manual",
      percentProgress: 0,
      storageType: "gp3",
      encrypted: true,
      kmsKeyId: arnIn(call, "kms", `key/${call.random.pick(call.place.keys)}`),
      dBSnapshotArn: arnIn(call, "rds", `snapshot:${dBSnapshotIdentifier}`),
    },
  };
}

function sendCommand(call: Call): CallBody {
  const instanceIds = [call.random.pick(call.place.instances)];
  const shared = {
    documentName: "AWS-RunShellScript",
    instanceIds,
    interactive: false,
    parameters: hidden,
  };
  return {
    request: shared,
    response: {
      command: {
        commandId: call.random.uuid(),
        documentVersion: "$DEFAULT",
        comment: "",
        expiresAfter: formatClock(call.at + 7_200_000),
        ...shared,
        targets: [],
        requestedDateTime: formatClock(call.at),
        status: "Pending",
        statusDetails: "Pending",
        outputS3Region: call.place.region,
        maxConcurrency: "50",
        maxErrors: "0",
        targetCount: 1,
        completedCount: 0,
        errorCount: 0,
        timeoutSeconds: 3600,
      },
    },
  };
}

function onQueue(
  call: Call,
  more: Record<string, string | number | readonly string[] | Record<string, string>>,
  response?: Record<string, string>,
): CallBody {
  const name = call.random.pick(call.place.queues);
  const arn = arnIn(call, "sqs", name);
  return {
    request: {
      queueUrl: `https://sqs.${call.place.region}.amazonaws.com/${call.place.accountId}/${name}`,
      ...more,
    },
    ...(response === undefined ? {} : { response }),
    resources: [{ accountId: call.place.accountId, type: "AWS::SQS::Queue", ARN: arn }],
  };
}

function secretArn(call: Call): string {
  return arnIn(call, "secretsmanager", `secret:${call.random.pick(call.place.secrets)}`);
}

function topicArn(call: Call): string {
  return arnIn(call, "sns", call.random.pick(call.place.topics));
}
