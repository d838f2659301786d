import { type AwsOperation } from "../../aws/index.ts";
import { type JsonObject } from "../../cloudtrail/index.ts";
import { type CallNote } from "../capture/ended-call.ts";
import { s3Resources } from "../capture/s3-facts.ts";
import { type Exchange } from "./pass-on.ts";

export interface S3Facts {
  readonly operation: AwsOperation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Exchange["headers"];
  readonly accountId: string;
  readonly isFailed: boolean;
}

/** What the record of a request to S3 says that its answer tells, and what it touched. */
export function s3Note(facts: S3Facts): CallNote {
  const { operation, input, headers, accountId, isFailed } = facts;
  const isWriting = !/^(?:Get|Head|List)/.test(operation.name);
  const answered = isWriting && !isFailed ? answerHeaders(headers) : {};
  const resources = s3Resources(operation.name, input, accountId);
  return {
    responseElements: Object.keys(answered).length === 0 ? null : answered,
    ...(headers["x-amz-id-2"] !== undefined && { additionalEventData: { "x-amz-id-2": headers["x-amz-id-2"] } }),
    ...(resources !== undefined && { resources }),
    ...(operation.name === "DeleteObjects" && !isFailed && { alsoRecord: deletedObjects(facts) }),
  };
}

/** The bytes of what a request to S3 sent: of a body in signed chunks those of its content. */
export function s3BytesIn({ request, sent }: Exchange): number {
  const decoded = Number(request.headers["x-amz-decoded-content-length"]);
  return Number.isSafeInteger(decoded) && decoded >= 0 ? decoded : sent.size;
}

/** The answer's headers that records of writes have. */
const answerHeaderNames = [
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-server-side-encryption-bucket-key-enabled",
  "x-amz-server-side-encryption-context",
  "x-amz-version-id",
  "x-amz-delete-marker",
  "x-amz-expiration",
];

function answerHeaders(headers: Exchange["headers"]): JsonObject {
  return Object.fromEntries(answerHeaderNames.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}

/** Since June 2025 each object out of a `DeleteObjects` has a record of its own (User Guide, "Logging data events"). */
function deletedObjects({ input, output, accountId }: S3Facts): NonNullable<CallNote["alsoRecord"]> {
  const { Bucket } = input;
  const asked = listOf((input["Delete"] as { readonly Objects?: unknown } | undefined)?.Objects);
  const failed = new Set(listOf(output?.["Errors"]).map(nameOf));
  return asked
    .filter((object) => typeof object.Key === "string" && !failed.has(nameOf(object)))
    .map(({ Key, VersionId }) => {
      const own = { Bucket, Key, ...(typeof VersionId === "string" && { VersionId }) };
      return {
        operation: "DeleteObject",
        input: own,
        note: { resources: s3Resources("DeleteObject", own, accountId) ?? [] },
      };
    });
}

interface NamedObject {
  readonly Key?: unknown;
  readonly VersionId?: unknown;
}

function listOf(value: unknown): readonly NamedObject[] {
  return Array.isArray(value) ? (value as readonly NamedObject[]) : [];
}

function nameOf({ Key, VersionId }: NamedObject): string {
  return JSON.stringify([Key, VersionId ?? null]);
}
