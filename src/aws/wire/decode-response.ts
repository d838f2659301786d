import { AwsError } from "../aws-error.ts";
import { type AwsOperation } from "../operations/operation.ts";
import { textOf } from "./decode-request.ts";
import { readHeaders } from "./header-values.ts";
import { fromJson, parseJson } from "./json-value.ts";
import { Malformed } from "./malformed.ts";
import { readScalar } from "./scalar-text.ts";
import { readXml, readXmlMembers } from "./xml-read.ts";
import { parseXml, type XmlElement } from "./xml-tree.ts";

type Value = Record<string, unknown>;

/** Another server's answer, its body read whole unless it is a stream of bytes; header names in lower case. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/**
 * Reads an operation's output out of another server's answer, for who stands between a client and a server. A streamed
 * body is left out. Throws `AwsError` with `MalformedResponse`, which is no code of AWS's, for what cannot be read.
 */
export function decodeResponse(operation: AwsOperation, answer: ServerAnswer): object {
  try {
    return readOutput(operation, answer);
  } catch (error) {
    if (error instanceof Malformed) throw new AwsError("MalformedResponse", error.message, 502);
    throw error;
  }
}

function readOutput(operation: AwsOperation, answer: ServerAnswer): object {
  const { output, protocol } = operation;
  const text = () => textOf(answer.body);
  switch (protocol) {
    case "awsJson1_0":
    case "awsJson1_1":
      return fromJson(output.members, parseJson(text()), false);
    case "awsQuery": {
      const result = rootOf(text())?.children.find(({ name }) => name === `${operation.name}Result`);
      return result === undefined ? {} : readXmlMembers(output.members, result);
    }
    case "ec2Query": {
      const root = rootOf(text());
      return root === undefined ? {} : readXmlMembers(output.members, root);
    }
    case "restXml":
    case "restJson1":
      return fromRest(operation, answer);
  }
}

function fromRest(operation: AwsOperation, answer: ServerAnswer): object {
  const { bindings } = operation.output;
  const output: Value = {};
  readHeaders(bindings, answer.headers, output);
  if (bindings.statusCode !== undefined) output[bindings.statusCode.name] = answer.status;
  const isXml = operation.protocol === "restXml";
  const { payload } = bindings;
  if (payload !== undefined) {
    const { shape } = payload;
    if (shape.kind === "blob") return output;
    const text = textOf(answer.body);
    if (text === "") return output;
    if (shape.kind === "string") output[payload.name] = text;
    else if (isXml) output[payload.name] = readXml(shape, parseXml(text));
    else output[payload.name] = fromJson(shape.kind === "structure" ? shape.members : [], parseJson(text), true);
    return output;
  }
  if (bindings.body.length === 0) return output;
  const text = textOf(answer.body);
  if (!isXml) return Object.assign(output, fromJson(bindings.body, parseJson(text), true));
  const root = rootOf(text);
  if (root === undefined) return output;
  return Object.assign(
    output,
    operation.name === "GetBucketLocation" ? readLocation(operation, root) : readXmlMembers(bindings.body, root),
  );
}

/** The one answer of S3 whose root element is the value itself. */
function readLocation({ output }: AwsOperation, root: XmlElement): object {
  const [location] = output.members;
  if (location === undefined || root.text === "") return {};
  return { [location.name]: readScalar(location.shape, root.text, "date-time") };
}

function rootOf(text: string): XmlElement | undefined {
  return text.trim() === "" ? undefined : parseXml(text);
}

/** Reads the error out of another server's answer; one that cannot be read goes by its status. */
export function decodeError(operation: Pick<AwsOperation, "protocol">, answer: ServerAnswer): AwsError {
  try {
    const { code, message } = operation.protocol.includes("son") ? jsonError(answer) : xmlError(answer);
    return new AwsError(code ?? codeOfStatus(answer.status), message ?? "", answer.status);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return new AwsError(codeOfStatus(answer.status), "", answer.status);
  }
}

interface ErrorRead {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

function jsonError({ headers, body }: ServerAnswer): ErrorRead {
  const parsed = parseJson(textOf(body));
  const json = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Value;
  const queryCode = headers["x-amzn-query-error"]?.split(";")[0];
  const type = headers["x-amzn-errortype"] ?? json["__type"] ?? json["code"];
  const code = typeof type === "string" ? type.split(":")[0]?.split("#").at(-1) : undefined;
  const message = json["message"] ?? json["Message"];
  return { code: queryCode ?? code, message: typeof message === "string" ? message : undefined };
}

function xmlError({ body }: ServerAnswer): ErrorRead {
  const root = rootOf(textOf(body));
  const error = root === undefined ? undefined : findError(root);
  const part = (wanted: string) => error?.children.find(({ name }) => name === wanted)?.text;
  return { code: part("Code"), message: part("Message") };
}

/** `Error` stands at the root, in `ErrorResponse`, or in `Response` and `Errors`. */
function findError(element: XmlElement): XmlElement | undefined {
  if (element.name === "Error") return element;
  if (element.name !== "ErrorResponse" && element.name !== "Response" && element.name !== "Errors") return undefined;
  return element.children.map(findError).find((found) => found !== undefined);
}

/** As the SDK calls what comes without a code, such as an answer to HEAD. */
function codeOfStatus(status: number): string {
  if (status === 404) return "NotFound";
  if (status === 403) return "AccessDenied";
  if (status === 304) return "NotModified";
  if (status === 412) return "PreconditionFailed";
  return status >= 500 ? "InternalFailure" : "BadRequest";
}
