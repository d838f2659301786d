import { type ServiceName } from "../models.ts";
import { type StructureShape } from "./shape.ts";

export type Protocol = "awsJson1_0" | "awsJson1_1" | "awsQuery" | "ec2Query" | "restXml" | "restJson1";

/** One of AWS's services as the SDK describes it. */
export interface ServiceModel {
  /** The name that requests are signed for. */
  readonly name: ServiceName;
  /** `iam.amazonaws.com`, as CloudTrail's `eventSource` has it. */
  readonly eventSource: string;
  /** The day of its API, such as `2010-05-08`. */
  readonly version: string;
  readonly xmlNamespace: string;
  /** What stands before the operation's name in `X-Amz-Target`. */
  readonly target: string;
  /** Where answers in JSON also carry the code that the older query protocol had. */
  readonly isQueryCompatible: boolean;
  /** By name. */
  readonly operations: ReadonlyMap<string, AwsOperation>;
  /** The errors that it declares, by their names. */
  readonly errors: ReadonlyMap<string, ErrorModel>;
  /** The same operations in an older protocol that clients still speak; SQS has it. */
  readonly older: ReadonlyMap<string, AwsOperation> | undefined;
}

export interface AwsOperation {
  readonly service: ServiceModel;
  readonly name: string;
  /** What the request came in; the answer goes out in the same. */
  readonly protocol: Protocol;
  /** Of the REST protocols only. */
  readonly http: HttpBinding | undefined;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

export interface HttpBinding {
  readonly method: string;
  /** `/detector/{DetectorId}`; of S3 without the bucket: `/{Key+}`. */
  readonly path: string;
  /** What the query has to have; the SDK's hint `x-id` is not among it. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly status: number;
}

export interface ErrorModel {
  readonly name: string;
  /** The code that the query protocols say, where it is another. */
  readonly queryCode: string | undefined;
  readonly status: number | undefined;
  readonly fault: "client" | "server";
}
