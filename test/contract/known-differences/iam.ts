import { type KnownDifference } from "./known-difference.ts";

export const iamDifferences: readonly KnownDifference[] = [
  {
    case: "iam: a user is made once, with an id and a path in the ARN",
    moto: ["arn:aws:iam::123456789012:user/people/user", false, "/people/", "EntityAlreadyExists 409"],
    why: "moto does not look at it",
  },
  {
    case: "iam: a user has two keys at most, and one with keys is not deleted",
    moto: ["Active", ["taken", "LimitExceeded 409"], ["Active", "Inactive"], "taken"],
    why: "moto deletes a user with keys",
  },
  {
    case: "iam: a key acts as its user, who may nothing at first",
    moto: ["arn:aws:iam::123456789012:user/people/user", "taken"],
    why: "moto allows everything unless it is started to look",
  },
  {
    case: "iam: a trust policy that is no JSON is refused",
    moto: "taken",
    why: "moto reads no trust policies",
  },
  {
    case: "iam: a trust policy without a principal is refused",
    moto: "taken",
    why: "moto reads no trust policies",
  },
  {
    case: "iam: a trust policy with a resource is refused",
    moto: "taken",
    why: "moto reads no trust policies",
  },
  {
    case: "iam: a policy is made, versioned, attached, and not deleted while it is",
    moto: { version: "v2", attached: [true], now: ["v2", 1], refused: ["taken", "NoSuchEntity 404"] },
    why: "moto deletes a policy that is attached",
  },
  {
    case: "iam: a service's own role has its path and its trust, and is made once",
    moto: ["/aws-service-role/cloudtrail.amazonaws.com/", "AWSServiceRoleForcloudtrail", "EntityAlreadyExists 409"],
    why: "moto capitalises no names, and refuses by another name than the page",
  },
  {
    case: "iam: users are listed in pages",
    moto: [3, false, 3, false],
    why: "moto does not page users",
  },
  {
    case: "iam: what a policy would allow is told without doing it",
    moto: "failed: Error",
    why: "moto does not have SimulateCustomPolicy",
  },
];
