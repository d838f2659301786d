import { type ServiceName } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../api-call.ts";
import { type CallNote, type EndedCall } from "./ended-call.ts";
import { isDenial, keepsDeniedParameters, recordedCode } from "./error-codes.ts";
import { eventNameOf, isDataEvent, isReadOnlyCall } from "./event-names.ts";
import { mergeNotes } from "./merge-notes.ts";
import { printEc2Answer, printEc2Request } from "./print-ec2.ts";
import { isNewerEc2, printNewerEc2Answer, printNewerEc2Request } from "./print-ec2-newer.ts";
import { printMembers } from "./print-members.ts";
import { printS3Request } from "./print-s3.ts";
import { s3Transfer } from "./s3-facts.ts";

/** What is recorded of a call: the call itself, then whatever its service records beside it, as calls of their own. */
export function describeCalls(ended: EndedCall): readonly ApiCall[] {
  const { operations } = ended.operation.service;
  const further = (mergeNotes(ended.notes).alsoRecord ?? []).map(({ operation, input, note }) =>
    describeCall({
      ...ended,
      operation: operations.get(operation) ?? ended.operation,
      input,
      bytesIn: 0,
      bytesOut: 0,
      notes: [{ responseElements: null, ...note }],
    }),
  );
  return [describeCall(ended), ...further];
}

/** A call by the rules that real records of CloudTrail were measured to follow. */
export function describeCall(ended: EndedCall): ApiCall {
  const { operation, error, identity } = ended;
  const { name: service, eventSource } = operation.service;
  const note = mergeNotes(ended.notes);
  const isReadOnly = note.isReadOnly ?? isReadOnlyCall(service, operation.name);
  // Calls of AWS's own services carry the service's name in the place of address and agent.
  const invokedBy = identity.type === "AWSService" ? identity.invokedBy : undefined;
  const userAgent = invokedBy ?? ended.userAgent;
  // Denied calls have none (12 of 12).
  const apiVersion = error !== undefined && isDenial(error.code) ? undefined : apiVersions[service];
  const additionalEventData = additionalData(ended, note);
  const resources = note.resources ?? (error === undefined ? resourcesOf(ended) : undefined);
  return {
    at: ended.at,
    recipients: note.recipients ?? [ended.accountId],
    region: globalServices.has(service) ? "us-east-1" : ended.region,
    eventSource,
    eventName: note.eventName ?? eventNameOf(service, operation.name),
    eventType: "AwsApiCall",
    category: note.category ?? (isDataEvent(service, operation.name) ? "Data" : "Management"),
    isReadOnly,
    identity,
    sourceIPAddress: invokedBy ?? ended.sourceIp,
    // Real records: 257 of 271 of S3's agents are in brackets, 2,629 of 2,629 of the others are not.
    userAgent: service === "s3" && invokedBy === undefined ? `[${userAgent}]` : userAgent,
    requestParameters: requestParameters(ended, note),
    responseElements: responseElements(ended, note, isReadOnly),
    requestId: ended.requestId,
    ...(additionalEventData !== undefined && { additionalEventData }),
    ...(error !== undefined && { error: recordedError(ended, error) }),
    ...(resources !== undefined && { resources }),
    ...(apiVersion !== undefined && { apiVersion }),
    ...(ended.tlsDetails !== undefined && invokedBy === undefined && { tlsDetails: ended.tlsDetails }),
    // What a service calls on somebody's behalf is not called with the session's own credentials.
    ...(ended.isOfConsole === true && identity.invokedBy === undefined && { sessionCredentialFromConsole: true }),
  };
}

/** Recorded in us-east-1 wherever they were called from (CloudTrail User Guide, "Global service events"). */
const globalServices: ReadonlySet<ServiceName> = new Set(["iam", "organizations"]);

/** The only one of our services whose real records carry one. */
const apiVersions: Readonly<Partial<Record<ServiceName, string>>> = { logs: "20140328" };

/** Answered by reads, too: who assumed what is the point of the record (36 of 36). */
const readsWithAnswer: ReadonlySet<string> = new Set([
  "AssumeRole",
  "AssumeRoleWithSAML",
  "AssumeRoleWithWebIdentity",
  "AssumeRoot",
]);

/** Writes whose answer has members and whose records have none all the same. */
const writesWithoutAnswer: Readonly<Partial<Record<ServiceName, ReadonlySet<string>>>> = {
  s3: new Set(["CreateBucket", "DeleteObject", "DeleteObjects", "PutObjectAcl"]),
  kms: new Set(["PutKeyPolicy"]),
  sqs: new Set(["ReceiveMessage"]),
};

function requestParameters(ended: EndedCall, note: CallNote): JsonObject | null {
  const { operation, error, input, host } = ended;
  const { name: service } = operation.service;
  if (error !== undefined && isDenial(error.code) && !keepsDeniedParameters.has(service)) return null;
  if (note.requestParameters !== undefined) return note.requestParameters;
  if (service === "s3") return orNull(printS3Request(operation, input, host));
  if (service === "ec2" && isNewerEc2(operation.name))
    return printNewerEc2Request(operation.name, operation.input, input);
  if (service === "ec2") return orNull(printEc2Request(operation.name, operation.input, input));
  return orNull({ ...printMembers(service, operation.input, input), ...defaults(service, operation.name, input) });
}

function responseElements(ended: EndedCall, note: CallNote, isReadOnly: boolean): JsonObject | null {
  const { operation, error, output, requestId } = ended;
  const { name: service } = operation.service;
  if (error !== undefined) {
    // Of GuardDuty the sentence stands here, and not as `errorMessage` (16 of 16 writes).
    return service === "guardduty" && !isReadOnly ? { message: error.message } : null;
  }
  if (isReadOnly && !readsWithAnswer.has(operation.name)) return null;
  if (note.responseElements !== undefined) return note.responseElements;
  if (output === undefined || writesWithoutAnswer[service]?.has(operation.name) === true) return null;
  if (service === "s3") return null;
  if (service === "ec2" && isNewerEc2(operation.name)) {
    return printNewerEc2Answer(operation.name, operation.output, output, requestId);
  }
  if (service === "ec2") return printEc2Answer(operation.name, operation.output, output, requestId);
  return orNull(printMembers(service, operation.output, output));
}

function additionalData(ended: EndedCall, { additionalEventData: noted }: CallNote): JsonObject | undefined {
  const transfer = ended.operation.service.name === "s3" ? s3Transfer(ended) : undefined;
  return (transfer ?? noted) === undefined ? undefined : { ...transfer, ...noted };
}

function recordedError(
  { operation }: EndedCall,
  error: NonNullable<EndedCall["error"]>,
): NonNullable<ApiCall["error"]> {
  const message = operation.service.name === "guardduty" ? undefined : error.message;
  return { code: recordedCode(operation, error), ...(message !== undefined && { message }) };
}

/** What services fill in before they record (1,141 Decrypt of 1,141 with an algorithm, whoever called). */
function defaults(service: ServiceName, operation: string, input: object): Record<string, JsonValue> {
  const isCipher = service === "kms" && (operation === "Decrypt" || operation === "Encrypt");
  return isCipher && !Object.hasOwn(input, "EncryptionAlgorithm") ? { encryptionAlgorithm: "SYMMETRIC_DEFAULT" } : {};
}

/** The role that was assumed: in 28 of 28 records of AssumeRole. */
function resourcesOf({ operation, input }: EndedCall): ApiCall["resources"] {
  const ARN: unknown = Object.hasOwn(input, "RoleArn") ? input["RoleArn" as keyof typeof input] : undefined;
  if (operation.service.name !== "sts" || !operation.name.startsWith("AssumeRole") || typeof ARN !== "string") {
    return undefined;
  }
  return [{ ARN, accountId: ARN.split(":")[4] ?? "", type: "AWS::IAM::Role" }];
}

function orNull(value: JsonObject): JsonObject | null {
  return Object.keys(value).length === 0 ? null : value;
}
