import type { TacticTag } from "./tactics.ts";

/** How an attacker goes about it. */
export interface Technique {
  /** `T1078`, or `T1078.004` for one kind of it. */
  readonly id: string;
  /** With its parent's name in front where it is one kind of that. */
  readonly name: string;
  readonly tactics: readonly TacticTag[];
}

type Row = readonly [id: string, name: string, tactics: readonly TacticTag[], kinds?: Readonly<Record<string, string>>];

/** Techniques of ATT&CK, version 19, that can be seen in an AWS account, and those that public rules name. */
const rows: readonly Row[] = [
  ["T1589", "Gather Victim Identity Information", ["reconnaissance"], { "001": "Credentials" }],
  ["T1593", "Search Open Websites/Domains", ["reconnaissance"], { "003": "Code Repositories" }],
  ["T1584", "Compromise Infrastructure", ["resource-development"], { "001": "Domains" }],
  ["T1588", "Obtain Capabilities", ["resource-development"], { "002": "Tool" }],
  ["T1608", "Stage Capabilities", ["resource-development"], { "003": "Install Digital Certificate" }],
  ["T1190", "Exploit Public-Facing Application", ["initial-access"]],
  ["T1195", "Supply Chain Compromise", ["initial-access"], { "002": "Compromise Software Supply Chain" }],
  ["T1199", "Trusted Relationship", ["initial-access"]],
  ["T1566", "Phishing", ["initial-access"], { "002": "Spearphishing Link" }],
  ["T1133", "External Remote Services", ["initial-access", "persistence"]],
  [
    "T1078",
    "Valid Accounts",
    ["initial-access", "persistence", "privilege-escalation", "stealth"],
    { "001": "Default Accounts", "002": "Domain Accounts", "003": "Local Accounts", "004": "Cloud Accounts" },
  ],
  [
    "T1059",
    "Command and Scripting Interpreter",
    ["execution"],
    { "001": "PowerShell", "003": "Windows Command Shell", "004": "Unix Shell", "006": "Python", "009": "Cloud API" },
  ],
  ["T1072", "Software Deployment Tools", ["execution", "lateral-movement"]],
  ["T1204", "User Execution", ["execution"], { "001": "Malicious Link", "003": "Malicious Image" }],
  ["T1609", "Container Administration Command", ["execution"]],
  ["T1610", "Deploy Container", ["execution"]],
  ["T1648", "Serverless Execution", ["execution"]],
  ["T1651", "Cloud Administration Command", ["execution"]],
  ["T1053", "Scheduled Task/Job", ["execution", "persistence", "privilege-escalation"]],
  ["T1037", "Boot or Logon Initialization Scripts", ["persistence", "privilege-escalation"]],
  [
    "T1098",
    "Account Manipulation",
    ["persistence", "privilege-escalation"],
    {
      "001": "Additional Cloud Credentials",
      "003": "Additional Cloud Roles",
      "004": "SSH Authorized Keys",
      "005": "Device Registration",
      "006": "Additional Container Cluster Roles",
      "007": "Additional Local or Domain Groups",
    },
  ],
  ["T1136", "Create Account", ["persistence"], { "003": "Cloud Account" }],
  ["T1525", "Implant Internal Image", ["persistence"]],
  ["T1546", "Event Triggered Execution", ["persistence", "privilege-escalation"]],
  ["T1554", "Compromise Host Software Binary", ["persistence"]],
  ["T1574", "Hijack Execution Flow", ["persistence", "privilege-escalation", "stealth"]],
  [
    "T1556",
    "Modify Authentication Process",
    ["persistence", "defense-impairment", "credential-access"],
    { "006": "Multi-Factor Authentication", "007": "Hybrid Identity", "009": "Conditional Access Policies" },
  ],
  [
    "T1548",
    "Abuse Elevation Control Mechanism",
    ["privilege-escalation"],
    { "005": "Temporary Elevated Cloud Access" },
  ],
  [
    "T1484",
    "Domain or Tenant Policy Modification",
    ["privilege-escalation", "defense-impairment"],
    { "002": "Trust Modification" },
  ],
  ["T1611", "Escape to Host", ["privilege-escalation"]],
  ["T1070", "Indicator Removal", ["stealth"]],
  ["T1535", "Unused/Unsupported Cloud Regions", ["stealth"]],
  ["T1222", "File and Directory Permissions Modification", ["defense-impairment"]],
  [
    "T1578",
    "Modify Cloud Compute Infrastructure",
    ["defense-impairment"],
    {
      "001": "Create Snapshot",
      "002": "Create Cloud Instance",
      "003": "Delete Cloud Instance",
      "004": "Revert Cloud Instance",
      "005": "Modify Cloud Compute Configurations",
    },
  ],
  ["T1599", "Network Boundary Bridging", ["defense-impairment"]],
  ["T1666", "Modify Cloud Resource Hierarchy", ["defense-impairment"]],
  ["T1685", "Disable or Modify Tools", ["defense-impairment"], { "002": "Disable or Modify Cloud Log" }],
  ["T1686", "Disable or Modify System Firewall", ["defense-impairment"], { "001": "Cloud Firewall" }],
  [
    "T1110",
    "Brute Force",
    ["credential-access"],
    { "001": "Password Guessing", "003": "Password Spraying", "004": "Credential Stuffing" },
  ],
  ["T1528", "Steal Application Access Token", ["credential-access"]],
  [
    "T1552",
    "Unsecured Credentials",
    ["credential-access"],
    {
      "001": "Credentials In Files",
      "004": "Private Keys",
      "005": "Cloud Instance Metadata API",
      "007": "Container API",
    },
  ],
  ["T1555", "Credentials from Password Stores", ["credential-access"], { "006": "Cloud Secrets Management Stores" }],
  ["T1606", "Forge Web Credentials", ["credential-access"], { "001": "Web Cookies", "002": "SAML Tokens" }],
  ["T1621", "Multi-Factor Authentication Request Generation", ["credential-access"]],
  ["T1040", "Network Sniffing", ["credential-access", "discovery"]],
  ["T1046", "Network Service Discovery", ["discovery"]],
  ["T1069", "Permission Groups Discovery", ["discovery"], { "003": "Cloud Groups" }],
  ["T1087", "Account Discovery", ["discovery"], { "004": "Cloud Account" }],
  ["T1201", "Password Policy Discovery", ["discovery"]],
  ["T1518", "Software Discovery", ["discovery"], { "001": "Security Software Discovery" }],
  ["T1526", "Cloud Service Discovery", ["discovery"]],
  ["T1538", "Cloud Service Dashboard", ["discovery"]],
  ["T1580", "Cloud Infrastructure Discovery", ["discovery"]],
  ["T1613", "Container and Resource Discovery", ["discovery"]],
  ["T1619", "Cloud Storage Object Discovery", ["discovery"]],
  ["T1654", "Log Enumeration", ["discovery"]],
  [
    "T1021",
    "Remote Services",
    ["lateral-movement"],
    { "004": "SSH", "007": "Cloud Services", "008": "Direct Cloud VM Connections" },
  ],
  ["T1550", "Use Alternate Authentication Material", ["lateral-movement"], { "001": "Application Access Token" }],
  ["T1074", "Data Staged", ["collection"], { "002": "Remote Data Staging" }],
  ["T1113", "Screen Capture", ["collection"]],
  ["T1114", "Email Collection", ["collection"], { "002": "Remote Email Collection" }],
  ["T1119", "Automated Collection", ["collection"]],
  ["T1213", "Data from Information Repositories", ["collection"], { "003": "Code Repositories", "006": "Databases" }],
  ["T1530", "Data from Cloud Storage", ["collection"]],
  ["T1219", "Remote Access Tools", ["command-and-control"]],
  ["T1572", "Protocol Tunneling", ["command-and-control"]],
  ["T1020", "Automated Exfiltration", ["exfiltration"], { "001": "Traffic Duplication" }],
  ["T1048", "Exfiltration Over Alternative Protocol", ["exfiltration"]],
  ["T1537", "Transfer Data to Cloud Account", ["exfiltration"]],
  ["T1567", "Exfiltration Over Web Service", ["exfiltration"], { "002": "Exfiltration to Cloud Storage" }],
  ["T1485", "Data Destruction", ["impact"], { "001": "Lifecycle-Triggered Deletion" }],
  ["T1486", "Data Encrypted for Impact", ["impact"]],
  ["T1489", "Service Stop", ["impact"]],
  ["T1490", "Inhibit System Recovery", ["impact"]],
  ["T1491", "Defacement", ["impact"]],
  [
    "T1496",
    "Resource Hijacking",
    ["impact"],
    {
      "001": "Compute Hijacking",
      "002": "Bandwidth Hijacking",
      "003": "SMS Pumping",
      "004": "Cloud Service Hijacking",
    },
  ],
  ["T1498", "Network Denial of Service", ["impact"]],
  ["T1499", "Endpoint Denial of Service", ["impact"]],
  ["T1531", "Account Access Removal", ["impact"]],
  [
    "T1565",
    "Data Manipulation",
    ["impact"],
    { "001": "Stored Data Manipulation", "002": "Transmitted Data Manipulation" },
  ],
  ["T1657", "Financial Theft", ["impact"]],
];

/** Every technique by its id. */
export const techniques: ReadonlyMap<string, Technique> = new Map(
  rows.flatMap(([id, name, tactics, kinds = {}]): [string, Technique][] => [
    [id, { id, name, tactics }],
    ...Object.entries(kinds).map(([kind, its]): [string, Technique] => [
      `${id}.${kind}`,
      { id: `${id}.${kind}`, name: `${name}: ${its}`, tactics },
    ]),
  ]),
);

/** Ids that ATT&CK took back, and what stands for them since version 19 (its own `revoked-by`). */
export const renamedTechniques: ReadonlyMap<string, string> = new Map([
  ["T1562", "T1685"],
  ["T1562.001", "T1685"],
  ["T1562.004", "T1686"],
  ["T1562.006", "T1685"],
  ["T1562.007", "T1686.001"],
  ["T1562.008", "T1685.002"],
]);
