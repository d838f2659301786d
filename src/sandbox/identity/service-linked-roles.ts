import { type World } from "../world.ts";
import { type Directory } from "./directory.ts";
import { type Role } from "./things.ts";
import { makeUniqueId } from "./unique-ids.ts";

interface LinkedService {
  readonly roleName: string;
  /** AWS's managed policy for the role, where the sandbox has it. */
  readonly policyArn?: string;
}

const organizationsPolicy = "arn:aws:iam::aws:policy/aws-service-role/AWSOrganizationsServiceTrustPolicy";
const cloudTrailPolicy = "arn:aws:iam::aws:policy/aws-service-role/CloudTrailServiceRolePolicy";

/** IAM User Guide, 'AWS services that work with IAM': services with service-linked roles, as far as they come up here. */
const services: ReadonlyMap<string, LinkedService> = new Map([
  ["access-analyzer.amazonaws.com", { roleName: "AWSServiceRoleForAccessAnalyzer" }],
  ["autoscaling.amazonaws.com", { roleName: "AWSServiceRoleForAutoScaling" }],
  ["cloudtrail.amazonaws.com", { roleName: "AWSServiceRoleForCloudTrail", policyArn: cloudTrailPolicy }],
  ["config.amazonaws.com", { roleName: "AWSServiceRoleForConfig" }],
  ["ecs.amazonaws.com", { roleName: "AWSServiceRoleForECS" }],
  ["elasticloadbalancing.amazonaws.com", { roleName: "AWSServiceRoleForElasticLoadBalancing" }],
  ["guardduty.amazonaws.com", { roleName: "AWSServiceRoleForAmazonGuardDuty" }],
  ["organizations.amazonaws.com", { roleName: "AWSServiceRoleForOrganizations", policyArn: organizationsPolicy }],
  ["rds.amazonaws.com", { roleName: "AWSServiceRoleForRDS" }],
  ["securityhub.amazonaws.com", { roleName: "AWSServiceRoleForSecurityHub" }],
  ["spot.amazonaws.com", { roleName: "AWSServiceRoleForEC2Spot" }],
  ["sso.amazonaws.com", { roleName: "AWSServiceRoleForSSO" }],
  ["support.amazonaws.com", { roleName: "AWSServiceRoleForSupport" }],
  ["trustedadvisor.amazonaws.com", { roleName: "AWSServiceRoleForTrustedAdvisor" }],
]);

/** The name that a service's role has, if the service has one. */
export function linkedRoleName(service: string): string | undefined {
  return services.get(service)?.roleName;
}

/** Makes a service's role in an account; the role that is there already stays. Undefined for a service without one. */
export function ensureServiceLinkedRole(
  { clock, random }: Pick<World, "clock" | "random">,
  directory: Directory,
  accountId: string,
  service: string,
  description = "",
): Role | undefined {
  const linked = services.get(service);
  if (linked === undefined) return undefined;
  const known = directory.roles.get(accountId, linked.roleName);
  if (known !== undefined) return known;
  const role: Role = {
    accountId,
    name: linked.roleName,
    path: `/aws-service-role/${service}/`,
    id: makeUniqueId(random, "AROA"),
    createdAt: clock.now(),
    attached: linked.policyArn === undefined ? [] : [linked.policyArn],
    inline: [],
    trust: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    }),
    trusted: [],
    description,
    maxSessionSeconds: 3600,
    tags: [],
    linkedService: service,
  };
  directory.roles.put(role);
  return role;
}
