import { type KnownDifference } from "./known-difference.ts";

export const organizationsDifferences: readonly KnownDifference[] = [
  {
    case: "organizations: the organization has one root, and units below it",
    moto: [[["Root", true]], true, true, "taken"],
    why: "moto takes two units of one name",
  },
  {
    case: "organizations: an account is made, is a member, and becomes an administrator; the management account does not",
    moto: "failed: InvalidInputException",
    why: "moto does not know CloudTrail among the services that have administrators",
  },
];
