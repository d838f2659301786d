import { type WireRequest } from "../message.ts";
import { type NamedOperation } from "./name-operation.ts";
import { type AwsOperation, type ServiceModel } from "./operation.ts";

interface Route {
  readonly operation: AwsOperation;
  readonly method: string;
  readonly segments: readonly string[];
  readonly literals: number;
}

const routesOf = new WeakMap<ServiceModel, readonly Route[]>();

/** Finds the operation of a REST service whose path template fits; one with more fixed segments goes first. */
export function routeByPath(service: ServiceModel, request: WireRequest): NamedOperation | undefined {
  const segments = request.path.split("/").slice(1);
  if (segments.at(-1) === "") segments.pop();
  for (const { operation, method, segments: template } of knownRoutes(service)) {
    if (method !== request.method || template.length !== segments.length) continue;
    const labels = fit(template, segments);
    if (labels !== undefined) return { operation, labels };
  }
  return undefined;
}

function knownRoutes(service: ServiceModel): readonly Route[] {
  const known = routesOf.get(service);
  if (known !== undefined) return known;
  const routes = [...service.operations.values()]
    .flatMap((operation) => (operation.http === undefined ? [] : [routeOf(operation, operation.http)]))
    .sort((a, b) => b.literals - a.literals);
  routesOf.set(service, routes);
  return routes;
}

function routeOf(operation: AwsOperation, http: NonNullable<AwsOperation["http"]>): Route {
  const segments = http.path
    .split("/")
    .slice(1)
    .filter((segment) => segment !== "");
  return { operation, method: http.method, segments, literals: segments.filter((segment) => !isLabel(segment)).length };
}

function isLabel(segment: string): boolean {
  return segment.startsWith("{");
}

function fit(template: readonly string[], segments: readonly string[]): Map<string, string> | undefined {
  const labels = new Map<string, string>();
  for (const [at, wanted] of template.entries()) {
    const segment = segments[at] ?? "";
    if (isLabel(wanted)) {
      if (segment === "") return undefined;
      labels.set(wanted.slice(1, -1), decodeURIComponent(segment));
    } else if (wanted !== segment) return undefined;
  }
  return labels;
}
