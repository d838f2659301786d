import { formatClock, type JsonObject } from "../record.ts";
import { roleArn } from "../callers.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const lambda = inService({ prefix: "lambda", version: "1.11" });
const ecs = inService({ prefix: "ecs", version: "1.11" });
const ecr = inService({
  prefix: "ecr",
  version: "1.10",
  host: (region) => `api.ecr.${region}.amazonaws.com`,
});
const cloudFormation = inService({ prefix: "cloudformation", version: "1.11" });
const autoscaling = inService({ prefix: "autoscaling", version: "1.11" });

/** Lambda, containers and stacks: what a deployment touches. Lambda's event names carry an API date. */
export const computeOperations: readonly Operation[] = [
  lambda.readsData("Invoke", (call) => {
    const name = call.random.pick(call.place.functions);
    const arn = arnIn(call, "lambda", `function:${name}`);
    return {
      request: { functionName: arn, invocationType: "RequestResponse", clientContext: "" },
      extra: { functionVersion: `${arn}:$LATEST` },
      resources: [{ accountId: call.place.accountId, type: "AWS::Lambda::Function", ARN: arn }],
    };
  }),
  lambda.reads("ListFunctions20150331", () => ({ request: { maxItems: 50 } })),
  lambda.reads("GetFunction20150331v2", ({ random, place }) => ({
    request: { functionName: random.pick(place.functions) },
  })),
  lambda.reads("GetPolicy20150331v2", ({ random, place }) => ({
    request: { functionName: random.pick(place.functions) },
  })),
  lambda.writes("UpdateFunctionCode20150331v2", (call) => updateFunctionCode(call)),
  lambda.writes("UpdateFunctionConfiguration20150331v2", (call) => {
    const functionName = call.random.pick(call.place.functions);
    return {
      request: { functionName, timeout: 30, memorySize: 512, environment: {} },
      response: { ...functionAnswer(call, functionName), memorySize: 512, timeout: 30 },
    };
  }),
  lambda.writes("PublishVersion20150331", (call) => {
    const functionName = call.random.pick(call.place.functions);
    return {
      request: { functionName },
      response: { ...functionAnswer(call, functionName), version: String(call.random.int(200)) },
    };
  }),
  lambda.writes("AddPermission20150331v2", (call) => {
    const functionName = call.random.pick(call.place.functions);
    const statement = {
      statementId: `events-${call.random.hex(8)}`,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
    };
    return {
      request: { functionName, ...statement },
      response: {
        statement: JSON.stringify({
          Sid: statement.statementId,
          Effect: "Allow",
          Principal: { Service: statement.principal },
          Action: statement.action,
          Resource: arnIn(call, "lambda", `function:${functionName}`),
        }),
      },
    };
  }),
  ecs.reads("DescribeServices", ({ random, place }) => ({
    request: { cluster: place.cluster, services: [random.pick(place.services)], include: ["TAGS"] },
  })),
  ecs.reads("DescribeTasks", (call) => ({
    request: {
      cluster: call.place.cluster,
      tasks: [arnIn(call, "ecs", `task/${call.place.cluster}/${call.random.hex(32)}`)],
    },
  })),
  ecs.reads("ListClusters", () => ({ request: { maxResults: 100 } })),
  ecs.reads("DescribeTaskDefinition", ({ random, place }) => ({
    request: {
      taskDefinition: `${random.pick(place.services)}:${random.int(300) + 1}`,
      include: ["TAGS"],
    },
  })),
  ecs.writes("RegisterTaskDefinition", (call) => registerTaskDefinition(call)),
  ecs.writes("UpdateService", (call) => {
    const service = call.random.pick(call.place.services);
    const taskDefinition = arnIn(
      call,
      "ecs",
      `task-definition/${service}:${call.random.int(300) + 1}`,
    );
    return {
      request: { cluster: call.place.cluster, service, taskDefinition, forceNewDeployment: true },
      response: {
        service: {
          serviceArn: arnIn(call, "ecs", `service/${call.place.cluster}/${service}`),
          serviceName: service,
          clusterArn: arnIn(call, "ecs", `cluster/${call.place.cluster}`),
          status: "ACTIVE",
          desiredCount: 3,
          runningCount: 3,
          pendingCount: 0,
          launchType: "FARGATE",
          taskDefinition,
          deployments: [
            {
              id: `ecs-svc/${call.random.int(1e9)}`,
              status: "PRIMARY",
              desiredCount: 3,
              rolloutState: "IN_PROGRESS",
              createdAt: formatClock(call.at),
            },
          ],
        },
      },
    };
  }),
  ecs.writes("RunTask", (call) => ({
    request: {
      cluster: call.place.cluster,
      count: 1,
      launchType: "FARGATE",
      taskDefinition: `${call.random.pick(call.place.services)}-migrate`,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [call.random.pick(call.place.subnets)],
          assignPublicIp: "DISABLED",
        },
      },
    },
    response: {
      tasks: [
        {
          taskArn: arnIn(call, "ecs", `task/${call.place.cluster}/${call.random.hex(32)}`),
          lastStatus: "PROVISIONING",
          desiredStatus: "RUNNING",
        },
      ],
      failures: [],
    },
  })),
  ecr.reads("GetAuthorizationToken", () => ({ request: null })),
  ecr.reads("DescribeRepositories", () => ({ request: { maxResults: 100 } })),
  ecr.reads("BatchGetImage", (call) =>
    onRepository(call, {
      acceptedMediaTypes: ["application/vnd.oci.image.manifest.v1+json"],
      imageIds: [{ imageTag: "main" }],
    }),
  ),
  ecr.reads("BatchCheckLayerAvailability", (call) =>
    onRepository(call, { layerDigests: [`sha256:${call.random.hex(64)}`] }),
  ),
  ecr.reads("GetDownloadUrlForLayer", (call) =>
    onRepository(call, { layerDigest: `sha256:${call.random.hex(64)}` }),
  ),
  ecr.writes("InitiateLayerUpload", (call) => ({
    ...onRepository(call, {}),
    response: { uploadId: call.random.uuid(), partSize: 20_971_520 },
  })),
  ecr.writes("CompleteLayerUpload", (call) =>
    onRepository(call, {
      uploadId: call.random.uuid(),
      layerDigests: [`sha256:${call.random.hex(64)}`],
    }),
  ),
  ecr.writes("PutImage", (call) =>
    onRepository(call, {
      imageTag: call.random.hex(40),
      imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
    }),
  ),
  cloudFormation.reads("DescribeStacks", ({ random, place }) => ({
    request: { stackName: random.pick(place.stacks) },
  })),
  cloudFormation.reads("DescribeStackEvents", ({ random, place }) => ({
    request: { stackName: random.pick(place.stacks) },
  })),
  cloudFormation.reads("GetTemplate", ({ random, place }) => ({
    request: { stackName: random.pick(place.stacks), templateStage: "Original" },
  })),
  cloudFormation.writes("CreateChangeSet", (call) => {
    const stackName = call.random.pick(call.place.stacks);
    const changeSetName = `cdk-deploy-change-set-${call.random.hex(8)}`;
    return {
      request: {
        stackName,
        changeSetName,
        changeSetType: "UPDATE",
        capabilities: ["CAPABILITY_IAM"],
        templateURL: `https://example-deploy.s3.${call.place.region}.amazonaws.com/${call.random.hex(64)}.json`,
      },
      response: {
        id: arnIn(call, "cloudformation", `changeSet/${changeSetName}/${call.random.uuid()}`),
        stackId: stackId(call, stackName),
      },
    };
  }),
  cloudFormation.writes("ExecuteChangeSet", ({ random, place }) => ({
    request: {
      stackName: random.pick(place.stacks),
      changeSetName: `cdk-deploy-change-set-${random.hex(8)}`,
      disableRollback: false,
    },
  })),
  cloudFormation.writes("UpdateStack", (call) => {
    const stackName = call.random.pick(call.place.stacks);
    return {
      request: {
        stackName,
        usePreviousTemplate: true,
        parameters: [{ parameterKey: "ImageTag", parameterValue: call.random.hex(40) }],
      },
      response: { stackId: stackId(call, stackName) },
    };
  }),
  autoscaling.writes("TerminateInstanceInAutoScalingGroup", (call) => ({
    request: {
      instanceId: call.random.pick(call.place.instances),
      shouldDecrementDesiredCapacity: false,
    },
    response: {
      activity: {
        activityId: call.random.uuid(),
        autoScalingGroupName: "workers",
        statusCode: "InProgress",
        progress: 0,
        startTime: formatClock(call.at),
      },
    },
  })),
  autoscaling.writes("SetDesiredCapacity", ({ random }) => ({
    request: {
      autoScalingGroupName: "workers",
      desiredCapacity: 2 + random.int(6),
      honorCooldown: true,
    },
  })),
];

function functionAnswer(call: Call, functionName: string) {
  return {
    functionName,
    functionArn: arnIn(call, "lambda", `function:${functionName}`),
    runtime: "nodejs22.x",
    role: roleArn(call.place.accountId, call.random.pick(call.place.roles)),
    handler: "index.handler",
    codeSize: 180_000 + call.random.int(90_000),
    description: "",
    timeout: 15,
    memorySize: 256,
    lastModified: new Date(call.at).toISOString().replace("Z", "+0000"),
    codeSha256: `${call.random.base64(43)}=`,
    version: "$LATEST",
    environment: {},
    tracingConfig: { mode: "PassThrough" },
    revisionId: call.random.uuid(),
    state: "Active",
    lastUpdateStatus: "InProgress",
    packageType: "Zip",
    architectures: ["arm64"],
    ephemeralStorage: { size: 512 },
    snapStart: { applyOn: "None", optimizationStatus: "Off" },
  };
}

function updateFunctionCode(call: Call): CallBody {
  const functionName = call.random.pick(call.place.functions);
  return {
    request: {
      functionName,
      s3Bucket: `example-deploy-${call.place.region}`,
      s3Key: `${functionName}/${call.random.hex(40)}.zip`,
      publish: false,
      dryRun: false,
    },
    response: functionAnswer(call, functionName),
  };
}

function registerTaskDefinition(call: Call): CallBody {
  const family = call.random.pick(call.place.services);
  const image = `${call.place.accountId}.dkr.ecr.${call.place.region}.amazonaws.com/${call.random.pick(call.place.repositories)}:${call.random.hex(40)}`;
  const container = {
    name: "app",
    image,
    cpu: 0,
    essential: true,
    portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
    environment: "HIDDEN_DUE_TO_SECURITY_REASONS",
  };
  const task = {
    family,
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: "512",
    memory: "1024",
    executionRoleArn: roleArn(call.place.accountId, "ecs-execution"),
    taskRoleArn: roleArn(call.place.accountId, call.random.pick(call.place.roles)),
    containerDefinitions: [container],
  };
  const revision = call.random.int(300) + 1;
  return {
    request: task,
    response: {
      taskDefinition: {
        taskDefinitionArn: arnIn(call, "ecs", `task-definition/${family}:${revision}`),
        ...task,
        revision,
        status: "ACTIVE",
        registeredAt: formatClock(call.at),
        registeredBy: call.callerArn,
      },
    },
  };
}

function onRepository(call: Call, more: JsonObject): CallBody {
  const repositoryName = call.random.pick(call.place.repositories);
  return {
    request: { registryId: call.place.accountId, repositoryName, ...more },
    resources: [
      { accountId: call.place.accountId, ARN: arnIn(call, "ecr", `repository/${repositoryName}`) },
    ],
  };
}

function stackId(call: Call, stackName: string): string {
  return arnIn(call, "cloudformation", `stack/${stackName}/${call.random.uuid()}`);
}
