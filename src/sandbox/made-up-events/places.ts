import { createRandom, type Random } from "./random.ts";

/** What stands in one account and region: the things that calls are about. Names and ids only, nothing lives. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly buckets: readonly string[];
  /** Ids of KMS keys. */
  readonly keys: readonly string[];
  readonly instances: readonly string[];
  readonly images: readonly string[];
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly volumes: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly functions: readonly string[];
  readonly tables: readonly string[];
  readonly queues: readonly string[];
  readonly topics: readonly string[];
  readonly secrets: readonly string[];
  readonly parameters: readonly string[];
  readonly databases: readonly string[];
  readonly repositories: readonly string[];
  readonly stacks: readonly string[];
  readonly cluster: string;
  readonly services: readonly string[];
  readonly logGroups: readonly string[];
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly trail: string;
  readonly detector: string;
  readonly hostedZone: string;
}

const parts = ["orders", "catalog", "billing", "search", "checkout", "media", "reports", "sessions", "exports", "mail"];
const stages = ["prod", "live", "batch"];

/** Makes the inventory of one account and region; the same seed always makes the same. */
export function makePlace(seed: string, accountId: string, region: string): Place {
  const random = createRandom(`${seed}/place/${accountId}/${region}`);
  const everywhere = createRandom(`${seed}/place/${accountId}`);
  const names = (count: number, name: (part: string, index: number) => string) =>
    Array.from({ length: count }, (_, index) => name(parts[index % parts.length] ?? "orders", index));
  const ids = (count: number, prefix: string) => names(count, () => `${prefix}-0${random.hex(16)}`);
  const tail = accountId.slice(-4);
  return {
    accountId,
    region,
    buckets: names(10, (part, index) => `example-${part}-${stages[index % 3] ?? "prod"}-${tail}-${region}`),
    keys: names(8, () => random.uuid()),
    instances: ids(24, "i"),
    images: ids(4, "ami"),
    vpc: `vpc-0${random.hex(16)}`,
    subnets: ids(6, "subnet"),
    securityGroups: ids(8, "sg"),
    volumes: ids(16, "vol"),
    vpcEndpoints: ids(3, "vpce"),
    functions: names(12, (part, index) => `${part}-${["worker", "api", "cron"][index % 3] ?? "worker"}`),
    tables: names(6, (part) => `${part}-table`),
    queues: names(6, (part) => `${part}-jobs`),
    topics: names(5, (part) => `${part}-events`),
    secrets: names(6, (part) => `prod/${part}/database-${random.letters(6)}`),
    parameters: names(10, (part) => `/example/${part}/settings`),
    databases: names(3, (part) => `${part}-db`),
    repositories: names(6, (part) => `example/${part}`),
    stacks: names(6, (part) => `${part}-stack`),
    cluster: "example-services",
    services: names(8, (part) => `${part}-service`),
    logGroups: names(10, (part, index) => (index % 2 ? `/ecs/${part}` : `/aws/lambda/${part}-worker`)),
    roles: names(10, (part) => `${part}-service-role`),
    users: ["build-agent", "legacy-backup", "smtp-relay", "vendor-upload"],
    trail: "example-trail",
    detector: random.hex(32),
    hostedZone: `Z${everywhere.capitals(20)}`,
  };
}

/** A made-up secret-free access key id: as long as a real one, and it ends as the examples of AWS do. */
export function makeAccessKey(random: Random, kind: "AKIA" | "ASIA"): string {
  return `${kind}${random.capitals(9)}EXAMPLE`;
}

/** A made-up unique id of a principal (`AIDA…`, `AROA…`). */
export function makePrincipalId(random: Random, kind: "AIDA" | "AROA"): string {
  return `${kind}${random.capitals(10)}EXAMPLE`;
}
