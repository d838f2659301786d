import { type WireRequest } from "../message.ts";
import { type AwsOperation, type ServiceModel } from "./operation.ts";
import { type Parameters } from "./query-parameters.ts";
import { routeByPath } from "./route-path.ts";
import { routeS3 } from "./route-s3.ts";

export interface NamedOperation {
  readonly operation: AwsOperation;
  /** What the path says, decoded, by the names of members; of S3 the bucket too, wherever it stood. */
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Which operation of a service a request asks for. `parameters` are those of query and form together, in which the query
 * protocols name it. Nothing when the service has none such.
 */
export function nameOperation(
  service: ServiceModel,
  request: WireRequest,
  parameters: Parameters,
): NamedOperation | undefined {
  if (service.name === "s3") return routeS3(service, request, parameters);
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return named(service.operations, target.slice(target.lastIndexOf(".") + 1), "awsJson");
  const action = parameters.find(([name]) => name === "Action")?.[1];
  if (action !== undefined) return named(service.older ?? service.operations, action, "Query");
  return routeByPath(service, request);
}

/** Only in its own protocol: a JSON service has no `Action=`. */
function named(
  operations: ReadonlyMap<string, AwsOperation>,
  name: string,
  protocol: "awsJson" | "Query",
): NamedOperation | undefined {
  const operation = operations.get(name);
  return operation?.protocol.includes(protocol) === true ? { operation, labels: noLabels } : undefined;
}

const noLabels: ReadonlyMap<string, string> = new Map();
