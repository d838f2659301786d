/** What a kind of finding is about, which decides its shape. */
export type FindingSubject = "access-key" | "bucket" | "instance" | "sequence-key" | "sequence-bucket";

export interface FindingType {
  readonly type: string;
  readonly severity: number;
  readonly subject: FindingSubject;
  readonly api: string;
  readonly apiService: string;
  readonly title: string;
}

const low = 2;
const medium = 5;
const high = 8;
const critical = 9;

type Row = readonly [type: string, severity: number, subject: FindingSubject, api: string, title: string];

/** Types and default severities: GuardDuty User Guide, "GuardDuty active finding types". The titles are our own. */
const rows: readonly Row[] = [
  [
    "CredentialAccess:IAMUser/AnomalousBehavior",
    medium,
    "access-key",
    "iam:GetPasswordData",
    "Credentials were read in an unusual way",
  ],
  [
    "DefenseEvasion:IAMUser/AnomalousBehavior",
    medium,
    "access-key",
    "cloudtrail:StopLogging",
    "Traces were covered in an unusual way",
  ],
  [
    "DefenseEvasion:IAMUser/BedrockLoggingDisabled",
    medium,
    "access-key",
    "bedrock:DeleteModelInvocationLoggingConfiguration",
    "Logging of model invocations was switched off",
  ],
  [
    "Discovery:IAMUser/AnomalousBehavior",
    low,
    "access-key",
    "iam:ListUsers",
    "Resources were listed in an unusual way",
  ],
  [
    "Exfiltration:IAMUser/AnomalousBehavior",
    high,
    "access-key",
    "s3:PutBucketReplication",
    "Data may have been led out in an unusual way",
  ],
  [
    "Impact:IAMUser/AnomalousBehavior",
    high,
    "access-key",
    "ec2:DeleteSecurityGroup",
    "Resources were changed or destroyed in an unusual way",
  ],
  [
    "InitialAccess:IAMUser/AnomalousBehavior",
    medium,
    "access-key",
    "sts:GetFederationToken",
    "Access was gained in an unusual way",
  ],
  [
    "Persistence:IAMUser/AnomalousBehavior",
    medium,
    "access-key",
    "iam:CreateAccessKey",
    "Lasting access was made in an unusual way",
  ],
  [
    "PrivilegeEscalation:IAMUser/AnomalousBehavior",
    medium,
    "access-key",
    "iam:AttachUserPolicy",
    "Permissions were widened in an unusual way",
  ],
  [
    "CredentialAccess:IAMUser/CompromisedCredentials",
    high,
    "access-key",
    "sts:GetCallerIdentity",
    "Credentials known to have leaked were used",
  ],
  ["PenTest:IAMUser/KaliLinux", medium, "access-key", "iam:ListUsers", "A call came from a machine with Kali Linux"],
  [
    "PenTest:IAMUser/ParrotLinux",
    medium,
    "access-key",
    "iam:ListUsers",
    "A call came from a machine with Parrot Linux",
  ],
  [
    "PenTest:IAMUser/PentooLinux",
    medium,
    "access-key",
    "iam:ListUsers",
    "A call came from a machine with Pentoo Linux",
  ],
  [
    "Policy:IAMUser/RootCredentialUsage",
    low,
    "access-key",
    "iam:ListAccessKeys",
    "The root user's credentials were used",
  ],
  [
    "Policy:IAMUser/ShortTermRootCredentialUsage",
    low,
    "access-key",
    "s3:ListBuckets",
    "Short-term credentials of a root user were used",
  ],
  [
    "Recon:IAMUser/MaliciousIPCaller",
    medium,
    "access-key",
    "ec2:DescribeInstances",
    "Resources were listed from a known malicious address",
  ],
  [
    "Recon:IAMUser/MaliciousIPCaller.Custom",
    medium,
    "access-key",
    "ec2:DescribeInstances",
    "Resources were listed from an address on your own threat list",
  ],
  ["Recon:IAMUser/TorIPCaller", medium, "access-key", "ec2:DescribeInstances", "Resources were listed through Tor"],
  ["Stealth:IAMUser/CloudTrailLoggingDisabled", low, "access-key", "cloudtrail:StopLogging", "A trail was stopped"],
  [
    "Stealth:IAMUser/PasswordPolicyChange",
    low,
    "access-key",
    "iam:UpdateAccountPasswordPolicy",
    "The account's password policy was weakened",
  ],
  [
    "UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B",
    medium,
    "access-key",
    "signin:ConsoleLogin",
    "Sign-ins to the console came from far apart",
  ],
  [
    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS",
    high,
    "access-key",
    "s3:ListBuckets",
    "An instance's credentials were used from another account",
  ],
  [
    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
    high,
    "access-key",
    "s3:ListBuckets",
    "An instance's credentials were used from outside of AWS",
  ],
  [
    "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.InsideAWS",
    high,
    "access-key",
    "s3:ListBuckets",
    "A resource's credentials were used from another account",
  ],
  [
    "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS",
    high,
    "access-key",
    "s3:ListBuckets",
    "A resource's credentials were used from outside of AWS",
  ],
  [
    "UnauthorizedAccess:IAMUser/MaliciousIPCaller",
    medium,
    "access-key",
    "iam:GetUser",
    "A call came from a known malicious address",
  ],
  [
    "UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom",
    medium,
    "access-key",
    "iam:GetUser",
    "A call came from an address on your own threat list",
  ],
  ["UnauthorizedAccess:IAMUser/TorIPCaller", medium, "access-key", "iam:GetUser", "A call came through Tor"],
  [
    "Policy:S3/AccountBlockPublicAccessDisabled",
    low,
    "bucket",
    "s3:PutAccountPublicAccessBlock",
    "The account's block of public access was taken away",
  ],
  [
    "Policy:S3/BucketBlockPublicAccessDisabled",
    low,
    "bucket",
    "s3:PutBucketPublicAccessBlock",
    "A bucket's block of public access was taken away",
  ],
  ["Policy:S3/BucketAnonymousAccessGranted", high, "bucket", "s3:PutBucketPolicy", "A bucket was opened to anybody"],
  ["Policy:S3/BucketPublicAccessGranted", high, "bucket", "s3:PutBucketAcl", "A bucket was opened to all of AWS"],
  [
    "Stealth:S3/ServerAccessLoggingDisabled",
    low,
    "bucket",
    "s3:PutBucketLogging",
    "A bucket's access log was switched off",
  ],
  ["Discovery:S3/AnomalousBehavior", low, "bucket", "s3:ListObjects", "Objects were listed in an unusual way"],
  [
    "Discovery:S3/MaliciousIPCaller",
    high,
    "bucket",
    "s3:ListObjects",
    "Objects were listed from a known malicious address",
  ],
  [
    "Discovery:S3/MaliciousIPCaller.Custom",
    high,
    "bucket",
    "s3:ListObjects",
    "Objects were listed from an address on your own threat list",
  ],
  ["Discovery:S3/TorIPCaller", medium, "bucket", "s3:ListObjects", "Objects were listed through Tor"],
  ["Exfiltration:S3/AnomalousBehavior", high, "bucket", "s3:GetObject", "Objects were read in an unusual way"],
  [
    "Exfiltration:S3/MaliciousIPCaller",
    high,
    "bucket",
    "s3:GetObject",
    "Objects were read from a known malicious address",
  ],
  ["Impact:S3/AnomalousBehavior.Delete", high, "bucket", "s3:DeleteObject", "Objects were deleted in an unusual way"],
  [
    "Impact:S3/AnomalousBehavior.Permission",
    high,
    "bucket",
    "s3:PutObjectAcl",
    "Permissions of objects were changed in an unusual way",
  ],
  ["Impact:S3/AnomalousBehavior.Write", medium, "bucket", "s3:PutObject", "Objects were written in an unusual way"],
  [
    "Impact:S3/MaliciousIPCaller",
    high,
    "bucket",
    "s3:DeleteObject",
    "Objects were changed from a known malicious address",
  ],
  ["PenTest:S3/KaliLinux", medium, "bucket", "s3:ListObjects", "A call to S3 came from a machine with Kali Linux"],
  ["PenTest:S3/ParrotLinux", medium, "bucket", "s3:ListObjects", "A call to S3 came from a machine with Parrot Linux"],
  ["PenTest:S3/PentooLinux", medium, "bucket", "s3:ListObjects", "A call to S3 came from a machine with Pentoo Linux"],
  [
    "UnauthorizedAccess:S3/MaliciousIPCaller.Custom",
    high,
    "bucket",
    "s3:GetObject",
    "A call to S3 came from an address on your own threat list",
  ],
  ["UnauthorizedAccess:S3/TorIPCaller", high, "bucket", "s3:GetObject", "A call to S3 came through Tor"],
  ["CryptoCurrency:EC2/BitcoinTool.B!DNS", high, "instance", "", "An instance asks for names of crypto-currency pools"],
  [
    "AttackSequence:IAM/CompromisedCredentials",
    critical,
    "sequence-key",
    "iam:CreateUser",
    "A sequence of calls with leaked credentials looks like an attack",
  ],
  [
    "AttackSequence:S3/CompromisedData",
    critical,
    "sequence-bucket",
    "s3:DeleteObject",
    "A sequence of calls looks like an attack on the data of a bucket",
  ],
];

/** The types that this GuardDuty knows, by name. */
export const findingTypes: ReadonlyMap<string, FindingType> = new Map(
  rows.map(([type, severity, subject, call, title]) => {
    const [service = "", api = ""] = call.split(":");
    return [type, { type, severity, subject, api, apiService: `${service}.amazonaws.com`, title }];
  }),
);
