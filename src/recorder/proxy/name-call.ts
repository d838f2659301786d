import {
  isServiceName,
  loadOperations,
  type NamedOperation,
  nameOperation,
  type Parameters,
  type Protocol,
  readParameters,
  type ServiceModel,
  serviceOfVersion,
  unsignedServiceOf,
  type WireRequest,
} from "../../aws/index.ts";
import { type BodyCopy } from "./body-copy.ts";
import { readSigner, type Signer } from "./signer.ts";
import { isOwnPath } from "./service-names.ts";

/** What the head of a request tells. */
export interface RequestHead {
  readonly request: WireRequest;
  readonly query: Parameters;
  readonly signer: Signer;
  /** The name that requests to the service are signed for. */
  readonly service: string | undefined;
  /** Where the SDK describes the service. */
  readonly model: ServiceModel | undefined;
  /** Of S3, whose operations the head names. */
  readonly named: NamedOperation | undefined;
  readonly isForm: boolean;
  /** The server's own business, and none of AWS's. */
  readonly isOwn: boolean;
}

/** What a request asks for, when it has all come. */
export type CallName =
  | { readonly kind: "known"; readonly named: NamedOperation; readonly parameters: Parameters }
  /** Of a service that the SDK's packages here do not describe. */
  | { readonly kind: "foreign"; readonly service: string; readonly operation: string; readonly protocol: Protocol }
  | { readonly kind: "unnamed"; readonly service: string | undefined };

/** Reads the head of a request. Throws `URIError` or `RangeError` for a query that cannot be read. */
export async function readHead(request: WireRequest): Promise<RequestHead> {
  const query = readParameters(request.query);
  const signer = readSigner(request, query);
  const looksLikeForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const service = serviceOf(request, query, signer, looksLikeForm);
  // Some clients call whatever they send to S3 a form.
  const isForm = looksLikeForm && service !== "s3";
  const model = service !== undefined && isServiceName(service) ? await loadOperations(service) : undefined;
  const isOwn = isOwnPath(request.path);
  const named = model?.name === "s3" && !isOwn ? nameS3(model, request, query) : undefined;
  return { request, query, signer, service, model, named, isForm, isOwn };
}

function serviceOf(
  request: WireRequest,
  query: Parameters,
  signer: Signer,
  looksLikeForm: boolean,
): string | undefined {
  if (signer.service !== undefined) return signer.service;
  const service = unsignedServiceOf(request, query);
  // A form says it in its body.
  return service === "s3" && looksLikeForm && request.method === "POST" ? undefined : service;
}

/** The router of S3 refuses what it does not know. */
function nameS3(model: ServiceModel, request: WireRequest, query: Parameters): NamedOperation | undefined {
  try {
    return nameOperation(model, request, query);
  } catch {
    return undefined;
  }
}

/** Names the call by its head and, of forms, by its body. */
export async function nameCall(head: RequestHead, sent: BodyCopy): Promise<CallName> {
  const { request, model, query } = head;
  if (model?.name === "s3") {
    const { named } = head;
    return named === undefined ? unnamed(head) : { kind: "known", named, parameters: query };
  }
  const parameters = head.isForm ? [...query, ...readForm(head, sent)] : query;
  const service = head.service ?? serviceOfVersion(parameters);
  const known = model ?? (service !== undefined && isServiceName(service) ? await loadOperations(service) : undefined);
  if (known !== undefined) {
    const named = hasOneName(request, parameters) ? nameOperation(known, request, parameters) : undefined;
    return named === undefined ? unnamed({ service }) : { kind: "known", named, parameters };
  }
  const target = request.headers["x-amz-target"];
  const operation = target?.slice(target.lastIndexOf(".") + 1) ?? valueOf(parameters, "Action");
  const isName = operation !== undefined && /^[A-Z][A-Za-z0-9]{1,99}$/.test(operation);
  if (service === undefined || !isName || !hasOneName(request, parameters)) return unnamed({ service });
  return { kind: "foreign", service, operation, protocol: target === undefined ? "awsQuery" : "awsJson1_1" };
}

/** Two names leave it to the server which of them it follows. */
function hasOneName(request: WireRequest, parameters: Parameters): boolean {
  const actions = parameters.filter(([name]) => name === "Action").length;
  return actions <= (request.headers["x-amz-target"] === undefined ? 1 : 0);
}

function readForm({ request }: RequestHead, sent: BodyCopy): Parameters {
  const whole = sent.content(request.headers["content-encoding"]);
  if (whole !== undefined) return readParameters(whole.toString("utf8"));
  // Of a form that is too long its beginning still tells what it asks for; the last parameter is cut.
  const text = sent.bytes().toString("utf8");
  return readParameters(text.slice(0, Math.max(text.lastIndexOf("&"), 0)));
}

function unnamed({ service }: { readonly service: string | undefined }): CallName {
  return { kind: "unnamed", service };
}

function valueOf(parameters: Parameters, wanted: string): string | undefined {
  return parameters.find(([name]) => name === wanted)?.[1];
}
