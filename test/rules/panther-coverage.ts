/** Which of our rules is about what one of Panther's is about: any of `by`, or none, with the reason. */
export type Coverage = { readonly by: readonly string[] } | { readonly none: string };

function by(...rules: readonly string[]): Coverage {
  return { by: rules };
}

export const pantherCoverage: Readonly<Record<string, Coverage>> = {
  "AWS.CloudTrail.EventSelectorsDisabled": by("defense-evasion/cloudtrail-management-events-dropped"),
  "AWS.CloudTrail.EnableRegion": {
    none: "its event is said to be CloudTrail's; the real one comes of account.amazonaws.com: defense-evasion/region-enabled",
  },
  "AWS.CloudTrail.SES.CheckSendQuota": by("discovery/mail-sending-limit-read"),
  "AWS.CloudTrail.ShortLifecycle": by("defense-evasion/log-bucket-expires-soon"),
  "AWS.ConfigService.DisabledDeleted": by("defense-evasion/config-recorder-stopped"),
  "AWS.Console.Sign-In": { none: "every sign-in through Identity Center: ordinary, and found by a search" },
  "AWS.EC2.EBS.Encryption.Disabled": by("defense-evasion/disk-encryption-default-off"),
  "AWS.EC2.GatewayModified": by("defense-evasion/network-changed-in-the-console"),
  "AWS.EC2.NetworkACLModified": by("defense-evasion/network-changed-in-the-console"),
  "AWS.IAM.AccessKeyCompromised": by("initial-access/access-key-quarantined-by-aws"),
  "AWS.CloudTrail.NetworkACLPermissiveEntry": by("initial-access/network-acl-opened-to-the-world"),
  "AWS.RDS.ClusterFailover": by("impact/database-failover-forced"),
  "AWS.RDS.DeletionProtectionDisabled": by("impact/deletion-protection-turned-off"),
  "AWS.RDS.InstanceMadePublic": by("initial-access/database-made-publicly-accessible"),
  "AWS.S3.BucketPolicyModified": {
    none: "a list that is set to private is no danger; opening has rules of its own, and CIS 4.8 counts refusals too",
  },
  "AWS.S3.DeleteBucketReplication": by("impact/bucket-replication-removed"),
  "AWS.S3.DisableMfaDelete": by("impact/bucket-versioning-suspended"),
  "AWS.S3.SecurityControlDisabling": by("defense-evasion/bucket-access-log-off", "impact/bucket-versioning-suspended"),
  "AWS.S3.SuspendVersioning": by("impact/bucket-versioning-suspended"),
  "AWS.SecretsManager.BatchRetrieveSecrets": by("credential-access/secrets-read-by-batch"),
  "AWS.SSM.DistributedCommand": by("execution/shell-command-on-several-machines"),
  "AWS.CloudTrail.UnauthorizedAPICall": {
    none: "CIS 4.1 counts refusals of AWS's own services too; discovery/denied-in-many-services looks for many",
  },
  "AWS.VPCFlow.LogsDeleted": by("defense-evasion/vpc-flow-logs-deleted"),
  "AWS.CloudTrail.VPCE.SensitiveAPICalls": by("defense-evasion/cloudtrail-trail-weakened"),
  "AWS.WAF.Disassociation": by("defense-evasion/waf-removed"),
  "Retrieve.SSO.access.token": by("credential-access/identity-center-token-taken-by-unusual-program"),
  "Sign-in.with.AWS.CLI.prompt": { none: "listing one's applications is what every sign-in with the CLI does" },
  "Standard.NewUserAccountCreated": by("persistence/iam-user-made"),
};
