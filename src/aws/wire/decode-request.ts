import { AwsError } from "../aws-error.ts";
import { type WireRequest } from "../message.ts";
import { type NamedOperation } from "../operations/name-operation.ts";
import { type AwsOperation } from "../operations/operation.ts";
import { type Parameters } from "../operations/query-parameters.ts";
import { readForm } from "./form-read.ts";
import { readHeaders } from "./header-values.ts";
import { fromJson, parseJson, structureFromJsonText } from "./json-value.ts";
import { Malformed } from "./malformed.ts";
import { readScalar } from "./scalar-text.ts";
import { readXml, readXmlMembers } from "./xml-read.ts";
import { parseXml } from "./xml-tree.ts";

type Value = Record<string, unknown>;

/** Whether the operation's request is a stream of bytes, such as an object, which is not decoded. */
export function hasStreamingInput(operation: AwsOperation): boolean {
  const shape = operation.input.bindings.payload?.shape;
  return shape?.kind === "blob" && shape.isStreaming;
}

/**
 * Reads an operation's input out of a request, in the form that the SDK has it: dates, numbers, bytes. `parameters` are
 * those of the query, and of the form for the query protocols. A streamed body is left out. Throws `AwsError` with the
 * code that AWS has for what cannot be read.
 */
export function decodeRequest(
  { operation, labels }: NamedOperation,
  request: WireRequest,
  parameters: Parameters,
  body: Uint8Array | undefined,
): object {
  try {
    switch (operation.protocol) {
      case "awsJson1_0":
      case "awsJson1_1":
        return structureFromJsonText(operation.input, textOf(body));
      case "awsQuery":
      case "ec2Query":
        return fromForm(operation, request, parameters);
      case "restXml":
      case "restJson1":
        return fromRest(operation, labels, request, parameters, body);
    }
  } catch (error) {
    if (error instanceof Malformed) throw malformedAs(operation, error);
    throw error;
  }
}

function fromForm(operation: AwsOperation, request: WireRequest, parameters: Parameters): object {
  const input = readForm(operation.input.members, parameters, operation.protocol === "ec2Query");
  // SQS's query protocol is spoken to the queue's own address.
  if (operation.service.name === "sqs" && input["QueueUrl"] === undefined && request.path.length > 1)
    if (operation.input.members.some(({ name }) => name === "QueueUrl"))
      input["QueueUrl"] = `http://${request.headers["host"] ?? "localhost"}${request.path}`;
  return input;
}

function fromRest(
  operation: AwsOperation,
  labels: ReadonlyMap<string, string>,
  request: WireRequest,
  parameters: Parameters,
  body: Uint8Array | undefined,
): object {
  const { bindings } = operation.input;
  const input: Value = {};
  for (const { name, shape } of bindings.labels) {
    const text = labels.get(name);
    if (text !== undefined) input[name] = readScalar(shape, text, "date-time");
  }
  for (const { wireName, member } of bindings.query) {
    const texts = parameters.filter(([name]) => name === wireName).map(([, text]) => text);
    const [first] = texts;
    if (first === undefined) continue;
    const { shape } = member;
    input[member.name] =
      shape.kind === "list"
        ? texts.map((text) => readScalar(shape.item.shape, text, "date-time"))
        : readScalar(shape, first, "date-time");
  }
  readHeaders(bindings, request.headers, input);
  readBody(operation, body, input);
  return input;
}

function readBody(operation: AwsOperation, body: Uint8Array | undefined, input: Value): void {
  const { payload, body: members } = operation.input.bindings;
  const isXml = operation.protocol === "restXml";
  if (payload !== undefined) {
    const { shape } = payload;
    if (body === undefined || body.length === 0 || hasStreamingInput(operation)) return;
    if (shape.kind === "string") input[payload.name] = textOf(body);
    else if (shape.kind === "blob") input[payload.name] = body;
    else if (!isXml)
      input[payload.name] = fromJson(shape.kind === "structure" ? shape.members : [], parseJson(textOf(body)), true);
    else
      input[payload.name] = readXml(
        shape,
        rootOf(body, payload.xmlName ?? (shape.kind === "structure" ? (shape.xmlName ?? shape.name) : undefined)),
      );
  } else if (members.length > 0 && body !== undefined && body.length > 0) {
    const read = isXml
      ? readXmlMembers(members, rootOf(body, operation.input.xmlName))
      : fromJson(members, parseJson(textOf(body)), true);
    Object.assign(input, read);
  }
}

function rootOf(body: Uint8Array, name: string | undefined): ReturnType<typeof parseXml> {
  const root = parseXml(textOf(body));
  if (name !== undefined && root.name !== name) throw new Malformed(`${name} was expected, not ${root.name}`);
  return root;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function textOf(body: Uint8Array | undefined): string {
  try {
    return body === undefined ? "" : utf8.decode(body);
  } catch (error) {
    throw new Malformed("The body is not UTF-8", { cause: error });
  }
}

/** Codes as in each service's "Common errors" and in S3's "Error responses"; the sentences are not documented. */
function malformedAs(operation: AwsOperation, { message }: Malformed): AwsError {
  switch (operation.protocol) {
    case "awsJson1_0":
    case "awsJson1_1":
      return new AwsError("SerializationException", message);
    case "restJson1":
      return new AwsError("BadRequestException", message);
    case "awsQuery":
    case "ec2Query":
      return new AwsError("InvalidParameterValue", message);
    case "restXml":
      return isAboutBody(operation)
        ? new AwsError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
          )
        : new AwsError("InvalidArgument", message);
  }
}

function isAboutBody(operation: AwsOperation): boolean {
  const { payload, body } = operation.input.bindings;
  return payload === undefined ? body.length > 0 : payload.shape.kind === "structure";
}
