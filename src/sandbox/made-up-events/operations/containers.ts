import { formatClock, type JsonObject } from "../record.ts";
import { roleArn } from "../callers.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const ecs = inService({ prefix: "ecs", version: "1.11" });
const ecr = inService({
  prefix: "ecr",
  version: "1.10",
  host: (region) => `api.ecr.${region}.amazonaws.com`,
});

/** ECS and ECR calls. */
export const containerOperations: readonly Operation[] = [
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
    const taskDefinition = arnIn(call, "ecs", `task-definition/${service}:${call.random.int(300) + 1}`);
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
  ecr.reads("GetDownloadUrlForLayer", (call) => onRepository(call, { layerDigest: `sha256:${call.random.hex(64)}` })),
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
];

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
    resources: [{ accountId: call.place.accountId, ARN: arnIn(call, "ecr", `repository/${repositoryName}`) }],
  };
}
