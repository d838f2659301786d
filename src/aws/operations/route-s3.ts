import { AwsError } from "../aws-error.ts";
import { type WireRequest } from "../message.ts";
import { type NamedOperation } from "./name-operation.ts";
import { type AwsOperation, type ServiceModel } from "./operation.ts";
import { type Parameters } from "./query-parameters.ts";
import { readS3Address, type S3Address } from "./s3-address.ts";

interface Route {
  readonly operation: AwsOperation;
  /** Sub-resources such as `policy`, and `list-type=2`. */
  readonly literals: readonly (readonly [name: string, value: string])[];
  /** Parameters that it cannot do without, such as `uploadId`. */
  readonly required: readonly string[];
  readonly isCopy: boolean;
  /** All parameters that it knows. */
  readonly parameters: ReadonlySet<string>;
}

interface RouteTable {
  readonly byPlace: ReadonlyMap<string, readonly Route[]>;
  /** The names of all sub-resources that S3 has. */
  readonly subResources: ReadonlySet<string>;
}

const tables = new WeakMap<ServiceModel, RouteTable>();

/**
 * Finds the S3 operation by method, by whether bucket and key are named, by the query and by `x-amz-copy-source`. A
 * sub-resource that is not known is refused, never overlooked: `DELETE /bucket?something` must not delete the bucket.
 */
export function routeS3(
  service: ServiceModel,
  request: WireRequest,
  parameters: Parameters,
): NamedOperation | undefined {
  const address = readS3Address(request.headers["host"] ?? "", request.path);
  const table = knownTable(service);
  const query = new Map(parameters);
  const isCopy = request.headers["x-amz-copy-source"] !== undefined;
  const routes = table.byPlace.get(`${request.method} ${placeOf(address)}`) ?? [];
  const fitting = routes.filter((route) => fits(route, query, isCopy));
  // Of those with the most sub-resources, the one whose parameters are all there; one that lacks some says so itself.
  const nearest = fitting.filter(({ literals }) => literals.length === fitting[0]?.literals.length);
  const whole = nearest.find(({ required }) => required.every((name) => query.has(name)));
  const best = whole ?? nearest.find(({ literals }) => literals.length > 0);
  if (best === undefined) return undefined;
  refuseUnknown(best, request.method, query, table.subResources);
  return { operation: best.operation, labels: labelsOf(address) };
}

function fits(route: Route, query: ReadonlyMap<string, string>, isCopy: boolean): boolean {
  if (route.isCopy !== isCopy && route.operation.http?.method === "PUT" && route.literals.length === 0) return false;
  return route.literals.every(([name, value]) => (value === "" ? query.has(name) : query.get(name) === value));
}

function refuseUnknown(
  route: Route,
  method: string,
  query: ReadonlyMap<string, string>,
  subResources: ReadonlySet<string>,
): void {
  const isReading = method === "GET" || method === "HEAD";
  for (const [name, value] of query) {
    if (route.parameters.has(name) || name.toLowerCase().startsWith("x-")) continue;
    // S3 User Guide, "Logging requests": custom parameters begin with `x-`; others that carry a value change no reading.
    if (isReading && value !== "" && !subResources.has(name)) continue;
    throw new AwsError(
      "NotImplemented",
      "A query parameter you provided implies functionality that is not implemented",
      501,
      {
        Parameter: name,
      },
    );
  }
}

function placeOf({ bucket, key }: S3Address): string {
  if (bucket === undefined) return "service";
  return key === undefined ? "bucket" : "key";
}

function labelsOf({ bucket, key }: S3Address): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  if (bucket !== undefined) labels.set("Bucket", bucket);
  if (key !== undefined) labels.set("Key", key);
  return labels;
}

function knownTable(service: ServiceModel): RouteTable {
  const known = tables.get(service);
  if (known !== undefined) return known;
  const byPlace = new Map<string, Route[]>();
  const subResources = new Set<string>();
  for (const operation of service.operations.values()) {
    // Those two are reached at hosts of their own: directory buckets' and the object lambda's.
    if (operation.http === undefined || ["ListDirectoryBuckets", "WriteGetObjectResponse"].includes(operation.name))
      continue;
    const { bindings } = operation.input;
    const hasBucket = bindings.labels.some(({ name }) => name === "Bucket");
    const place = operation.http.path === "/" ? (hasBucket ? "bucket" : "service") : "key";
    const at = `${operation.http.method} ${place}`;
    const required = bindings.query.filter(({ member }) => member.isRequired).map(({ wireName }) => wireName);
    const isCopy = bindings.headers.some(({ wireName }) => wireName === "x-amz-copy-source");
    const literals = operation.http.query;
    const parameters = new Set([...literals.map(([name]) => name), ...bindings.query.map(({ wireName }) => wireName)]);
    for (const [name] of literals) subResources.add(name);
    byPlace.set(at, [...(byPlace.get(at) ?? []), { operation, literals, required, isCopy, parameters }]);
  }
  for (const routes of byPlace.values()) routes.sort(byWeight);
  const table = { byPlace, subResources };
  tables.set(service, table);
  return table;
}

/** The one that asks for more goes first. */
function byWeight(a: Route, b: Route): number {
  return (
    b.literals.length - a.literals.length ||
    b.required.length - a.required.length ||
    Number(b.isCopy) - Number(a.isCopy)
  );
}
