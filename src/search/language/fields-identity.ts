import { pathField } from "./field-row.ts";
import type { QueryField } from "./field.ts";

const session = "userIdentity.sessionContext";

/** The fields of the caller (CloudTrail User Guide, cloudtrail-event-reference-user-identity). */
export const identityFields: readonly QueryField[] = [
  pathField("userIdentity", "object", "Who called", ".type:Root"),
  pathField("userIdentity.type", "text", "Root, IAMUser, AssumedRole, AWSService and others", ":Root"),
  pathField("userIdentity.arn", "text", "The ARN of who called", ":arn:aws:iam::123456789012:user/bob"),
  pathField("userIdentity.userName", "text", "The name of the IAM user", ":bob"),
  pathField(
    "userIdentity.principalId",
    "text",
    "The caller's unique id; a role session's name stands behind it",
    ":AROA*:mary",
  ),
  pathField("userIdentity.accountId", "text", "The account that the caller belongs to", ":123456789012"),
  pathField("userIdentity.accessKeyId", "text", "The access key that signed the call", ":AKIA*", ["key"]),
  pathField(
    "userIdentity.invokedBy",
    "text",
    "The AWS service that called on somebody's behalf",
    ":cloudformation.amazonaws.com",
  ),
  pathField("userIdentity.identityProvider", "text", "The identity provider of a federated caller", ":*"),
  pathField("userIdentity.credentialId", "text", "The credential of an Identity Center user", ":*"),
  pathField("userIdentity.onBehalfOf.userId", "text", "The Identity Center user behind the call", ":*"),
  pathField("userIdentity.onBehalfOf.identityStoreArn", "text", "The identity store of that user", ":*"),
  pathField("userIdentity.inScopeOf.sourceArn", "text", "The resource the credentials were made for", ":*"),
  pathField("userIdentity.inScopeOf.sourceAccount", "text", "The account of that resource", ":123456789012"),
  pathField("userIdentity.inScopeOf.issuerType", "text", "What kind of resource that is", ":AWS::Lambda::Function"),
  pathField("userIdentity.inScopeOf.credentialsIssuedTo", "text", "Who was given the credentials", ":*"),
  pathField(
    "userIdentity.invokedByDelegate.accountId",
    "text",
    "The account that called as a delegate",
    ":123456789012",
  ),
  pathField(`${session}.attributes.creationDate`, "time", "When the session began", ":>now-1d"),
  pathField(`${session}.attributes.mfaAuthenticated`, "text", "Whether the session began with MFA", ":false"),
  pathField(`${session}.sessionIssuer.type`, "text", "What the session was made from: Role, IAMUser or Root", ":Role"),
  pathField(`${session}.sessionIssuer.userName`, "text", "The name of the role or user behind the session", ":Admin"),
  pathField(
    `${session}.sessionIssuer.arn`,
    "text",
    "The ARN of the role or user behind the session",
    ":arn:aws:iam::123456789012:role/Admin",
  ),
  pathField(
    `${session}.sessionIssuer.principalId`,
    "text",
    "The unique id of the role or user behind the session",
    ":AROA*",
  ),
  pathField(
    `${session}.sessionIssuer.accountId`,
    "text",
    "The account of the role or user behind the session",
    ":123456789012",
  ),
  pathField(`${session}.webIdFederationData.federatedProvider`, "text", "The web identity provider", ":*"),
  pathField(
    `${session}.sourceIdentity`,
    "text",
    "The person behind the session, as the company set it",
    ":mary@example.com",
  ),
  pathField(`${session}.ec2RoleDelivery`, "text", "The version of the instance metadata service", ":1.0"),
  pathField(`${session}.assumedRoot`, "text", "Whether the session acts as the root user of a member account", ":true"),
  pathField(`${session}.signInSessionArn`, "text", "The ARN of the sign-in session", ":*"),
];
