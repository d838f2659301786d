import { type ServiceName } from "../models.ts";
import { type AwsOperation, type ErrorModel, type HttpBinding, type Protocol, type ServiceModel } from "./operation.ts";
import { packages } from "./packages.ts";
import { readStructure } from "./read-schema.ts";
import { type StructureShape } from "./shape.ts";

const loading = new Map<ServiceName, Promise<ServiceModel>>();

/** What a service has for operations, as the SDK's package knows them; loaded once. */
export function loadOperations(name: ServiceName): Promise<ServiceModel> {
  const known = loading.get(name);
  if (known !== undefined) return known;
  const made = packages[name]().then((sdkPackage) => readPackage(name, sdkPackage));
  loading.set(name, made);
  return made;
}

/** The tuple that the SDK writes for an operation; the layout is not documented, a test holds on to it. */
type OperationTuple = readonly [
  kind: 9,
  namespace: string,
  name: string,
  traits: number | { readonly http?: readonly [method: string, uri: string, status: number] },
  input: unknown,
  output: unknown,
];

type ErrorTuple = readonly [
  kind: -3,
  namespace: string,
  name: string,
  traits: { readonly awsQueryError?: readonly [code: string, status: number]; httpError?: number; error?: string } | 0,
];

interface ClientConfiguration {
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: {
    readonly version?: string;
    readonly xmlNamespace?: string;
    readonly serviceTarget?: string;
    readonly awsQueryCompatible?: boolean;
  };
}

function readPackage(name: ServiceName, sdkPackage: object): ServiceModel {
  const exported = Object.values(sdkPackage) as readonly unknown[];
  const configuration = readConfiguration(sdkPackage);
  const { version = "", xmlNamespace = "", serviceTarget = "", awsQueryCompatible } = configuration.protocolSettings;
  const operations = new Map<string, AwsOperation>();
  let older: ReadonlyMap<string, AwsOperation> | undefined;
  const service: ServiceModel = {
    name,
    eventSource: `${name}.amazonaws.com`,
    version,
    xmlNamespace: name === "sqs" ? sqsXmlNamespace : xmlNamespace,
    target: serviceTarget,
    isQueryCompatible: awsQueryCompatible === true,
    operations,
    errors: new Map(exported.filter(isErrorTuple).map((tuple) => [tuple[2], readError(tuple)])),
    get older() {
      return (older ??= name === "sqs" ? inQueryProtocol(operations) : undefined);
    },
  };
  const protocol = configuration.protocol.getShapeId().split("#")[1] as Protocol;
  for (const tuple of exported.filter(isOperationTuple))
    operations.set(tuple[2], readOperation(service, protocol, tuple));
  return service;
}

/** What answers of SQS's query protocol stand in; the SDK, which speaks JSON with it, has no more of it. */
const sqsXmlNamespace = "http://queue.amazonaws.com/doc/2012-11-05/";

/**
 * SQS as it was spoken to before 2023-11, which the AWS CLI 2.9 still does. The SDK's schemas have kept the names of
 * that protocol (`Attribute.1.Name`, flattened lists), so only the protocol is another.
 */
function inQueryProtocol(operations: ReadonlyMap<string, AwsOperation>): ReadonlyMap<string, AwsOperation> {
  return new Map([...operations].map(([name, operation]) => [name, { ...operation, protocol: "awsQuery" }]));
}

/** Protocol and names of a service stand in the configuration that its client makes for itself. */
function readConfiguration(sdkPackage: object): ClientConfiguration {
  const named = Object.entries(sdkPackage).find(([key]) => key.endsWith("Client") && key !== "__Client");
  const Client = named?.[1] as new (options: object) => { readonly config: ClientConfiguration };
  return new Client({ region: "us-east-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } }).config;
}

function isOperationTuple(value: unknown): value is OperationTuple {
  return Array.isArray(value) && value[0] === 9 && value.length === 6;
}

function isErrorTuple(value: unknown): value is ErrorTuple {
  return Array.isArray(value) && value[0] === -3;
}

function readOperation(service: ServiceModel, protocol: Protocol, tuple: OperationTuple): AwsOperation {
  const [, , name, traits, inputSchema, outputSchema] = tuple;
  let input: StructureShape | undefined;
  let output: StructureShape | undefined;
  return {
    service,
    name,
    protocol,
    http: protocol.startsWith("rest") && typeof traits === "object" ? readHttp(traits.http) : undefined,
    get input() {
      return (input ??= readStructure(inputSchema));
    },
    get output() {
      return (output ??= readStructure(outputSchema));
    },
  };
}

function readHttp(http: readonly [method: string, uri: string, status: number] | undefined): HttpBinding | undefined {
  if (http === undefined) return undefined;
  const [method, uri, status] = http;
  const [path = "/", search = ""] = uri.split("?");
  return { method, path, status, query: [...new URLSearchParams(search)].filter(([key]) => key !== "x-id") };
}

function readError(tuple: ErrorTuple): ErrorModel {
  const traits = tuple[3] === 0 ? {} : tuple[3];
  return {
    name: tuple[2],
    queryCode: traits.awsQueryError?.[0],
    status: traits.awsQueryError?.[1] ?? traits.httpError,
    fault: traits.error === "server" ? "server" : "client",
  };
}
