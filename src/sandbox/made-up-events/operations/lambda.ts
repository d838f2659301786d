import { roleArn } from "../callers.ts";
import { arnIn, inService, type Call, type CallBody, type Operation } from "./operation.ts";

const lambda = inService({ prefix: "lambda", version: "1.11" });

/** Lambda calls; the event names of its older operations carry an API date. */
export const lambdaOperations: readonly Operation[] = [
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
      fullyQualifiedArn: {
        arnPrefix: { partition: "aws", region: call.place.region, account: call.place.accountId },
        relativeId: { functionName },
        functionQualifier: {},
      },
      functionName,
      s3Bucket: `example-deploy-${call.place.region}`,
      s3Key: `${functionName}/${call.random.hex(40)}.zip`,
      publish: false,
      dryRun: false,
    },
    response: functionAnswer(call, functionName),
  };
}
