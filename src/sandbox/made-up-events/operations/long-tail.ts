import { describeGenericCall, readVerbs } from "./generic-call.ts";
import { inService, type Call, type CallBody, type Operation } from "./operation.ts";

/**
 * The many operations that are seen now and then and look alike: what inventories, consoles and scanners ask. One line
 * a service; requests follow the verb.
 */
const tail: Readonly<Record<string, string>> = {
  "access-analyzer": "ListAnalyzers ListFindings GetAnalyzer ListArchiveRules ListAccessPreviews",
  acm: "ListCertificates DescribeCertificate ListTagsForCertificate GetAccountConfiguration RequestCertificate",
  apigateway:
    "GetRestApis GetStages GetDomainNames GetApiKeys GetUsagePlans GetVpcLinks GetAuthorizers GetDeployments CreateDeployment UpdateStage",
  "application-autoscaling":
    "DescribeScalableTargets DescribeScalingPolicies DescribeScalingActivities RegisterScalableTarget",
  appmesh: "ListMeshes DescribeMesh ListVirtualNodes",
  appsync: "ListGraphqlApis ListDataSources GetResolver",
  athena:
    "ListWorkGroups GetWorkGroup ListNamedQueries StartQueryExecution GetQueryExecution GetQueryResults ListDataCatalogs BatchGetQueryExecution",
  autoscaling:
    "DescribeAutoScalingGroups DescribeLaunchConfigurations DescribePolicies DescribeScalingActivities DescribeLifecycleHooks DescribeWarmPool UpdateAutoScalingGroup PutScalingPolicy",
  backup:
    "ListBackupPlans ListBackupVaults ListBackupJobs DescribeBackupVault ListProtectedResources ListRecoveryPointsByBackupVault StartBackupJob GetBackupPlan",
  batch: "DescribeComputeEnvironments DescribeJobQueues DescribeJobs DescribeJobDefinitions SubmitJob",
  bedrock: "ListFoundationModels GetModelInvocationLoggingConfiguration ListCustomModels ListGuardrails",
  budgets: "DescribeBudgets DescribeBudget ViewBudget",
  ce: "GetCostAndUsage GetCostForecast GetReservationUtilization GetSavingsPlansUtilization GetDimensionValues",
  cloudformation:
    "ListStacks ListStackResources DescribeStackResources DescribeChangeSet ListExports ListStackSets GetTemplateSummary DetectStackDrift DescribeStackDriftDetectionStatus ValidateTemplate",
  cloudfront:
    "ListDistributions GetDistribution GetDistributionConfig ListOriginAccessControls ListFunctions ListCachePolicies CreateInvalidation ListPublicKeys",
  cloudtrail: "ListEventDataStores ListChannels ListPublicKeys ListTags GetInsightSelectors GetTrail ListImports",
  codebuild: "ListProjects BatchGetProjects ListBuilds BatchGetBuilds StartBuild ListReports",
  codepipeline:
    "ListPipelines GetPipeline GetPipelineState ListPipelineExecutions StartPipelineExecution ListActionExecutions",
  "cognito-idp":
    "ListUserPools DescribeUserPool ListUserPoolClients AdminGetUser ListIdentityProviders DescribeUserPoolClient ListGroups",
  config:
    "DescribeConfigRules DescribeDeliveryChannels GetComplianceDetailsByConfigRule ListDiscoveredResources BatchGetResourceConfig SelectResourceConfig DescribeConformancePacks GetResourceConfigHistory DescribeConfigurationRecorderStatus DescribeRetentionConfigurations",
  dms: "DescribeReplicationInstances DescribeEndpoints DescribeReplicationTasks",
  ds: "DescribeDirectories DescribeTrusts",
  dynamodb:
    "ListBackups DescribeTimeToLive ListGlobalTables DescribeLimits ListTagsOfResource DescribeExport ListExports ListImports DescribeKinesisStreamingDestination",
  ec2: "DescribeAccountAttributes DescribeCustomerGateways DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeHosts DescribeIamInstanceProfileAssociations DescribeInstanceTypes DescribeInternetGateways DescribeKeyPairs DescribeLaunchTemplates DescribeLaunchTemplateVersions DescribeManagedPrefixLists DescribeNatGateways DescribeNetworkAcls DescribePlacementGroups DescribePrefixLists DescribeReservedInstances DescribeSecurityGroupRules DescribeSpotInstanceRequests DescribeSpotPriceHistory DescribeTransitGateways DescribeTransitGatewayAttachments DescribeTransitGatewayRouteTables DescribeVolumeStatus DescribeVolumesModifications DescribeVpcAttribute DescribeVpcEndpoints DescribeVpcEndpointServices DescribeVpcPeeringConnections DescribeVpnConnections DescribeVpnGateways DescribeInstanceTypeOfferings DescribeSnapshotAttribute DescribeImageAttribute DescribeFleets DescribeCapacityReservations DescribeIpams GetEbsDefaultKmsKeyId GetSerialConsoleAccessStatus GetConsoleOutput GetLaunchTemplateData GetManagedPrefixListEntries CreateVolume AttachVolume DetachVolume DeleteVolume DeleteSnapshot CopySnapshot CreateImage DeregisterImage AssociateAddress AllocateAddress ReleaseAddress CreateRoute DeleteRoute CreateSecurityGroup DeleteSecurityGroup ModifyVolume CreateLaunchTemplateVersion RebootInstances",
  ecr: "DescribeImages ListImages GetLifecyclePolicy GetRepositoryPolicy DescribeImageScanFindings DescribeRegistry GetRegistryScanningConfiguration DescribePullThroughCacheRules ListTagsForResource CreateRepository PutLifecyclePolicy",
  ecs: "ListServices ListTasks DescribeClusters DescribeContainerInstances ListTaskDefinitions ListContainerInstances DescribeCapacityProviders ListAccountSettings DiscoverPollEndpoint StopTask RegisterContainerInstance SubmitTaskStateChange SubmitContainerStateChange",
  eks: "ListClusters DescribeCluster ListNodegroups DescribeNodegroup ListAddons DescribeAddonVersions ListFargateProfiles ListUpdates ListAccessEntries DescribeAccessEntry",
  elasticache:
    "DescribeCacheClusters DescribeReplicationGroups DescribeCacheSubnetGroups DescribeSnapshots DescribeUsers DescribeServerlessCaches",
  elasticbeanstalk: "DescribeApplications DescribeEnvironments DescribeApplicationVersions",
  elasticfilesystem: "DescribeFileSystems DescribeMountTargets DescribeAccessPoints DescribeLifecycleConfiguration",
  elasticloadbalancing:
    "DescribeLoadBalancers DescribeTargetGroups DescribeListeners DescribeRules DescribeTargetHealth DescribeLoadBalancerAttributes DescribeTags DescribeListenerCertificates RegisterTargets DeregisterTargets ModifyListener ModifyTargetGroup",
  elasticmapreduce: "ListClusters DescribeCluster ListSteps ListInstances GetBlockPublicAccessConfiguration",
  es: "ListDomainNames DescribeDomains DescribeDomainConfig ListTags",
  events:
    "ListEventBuses ListTargetsByRule DescribeRule DescribeEventBus ListArchives ListConnections ListApiDestinations DisableRule EnableRule",
  firehose: "ListDeliveryStreams DescribeDeliveryStream",
  glue: "GetDatabases GetTables GetTable GetPartitions GetJobs GetJobRuns GetCrawlers GetConnections GetTriggers GetSecurityConfigurations BatchGetPartition StartJobRun UpdateTable BatchCreatePartition GetDataCatalogEncryptionSettings",
  guardduty:
    "ListMembers GetMasterAccount ListIPSets ListFilters GetAdministratorAccount GetRemainingFreeTrialDays ListCoverage GetMalwareScanSettings ListPublishingDestinations ListOrganizationAdminAccounts",
  health: "DescribeEvents DescribeEventAggregates DescribeEventDetails DescribeAffectedEntities",
  iam: "GetPolicy GetPolicyVersion ListEntitiesForPolicy ListInstanceProfiles ListInstanceProfilesForRole ListSAMLProviders ListOpenIDConnectProviders ListServerCertificates ListSSHPublicKeys ListServiceSpecificCredentials ListSigningCertificates ListVirtualMFADevices ListUserPolicies ListGroupsForUser ListGroupPolicies ListRoleTags GetRolePolicy GetUserPolicy GetLoginProfile GetInstanceProfile GetOpenIDConnectProvider ListPolicyVersions GetServiceLinkedRoleDeletionStatus GetContextKeysForPrincipalPolicy GetAccountAuthorizationDetails CreatePolicyVersion DeletePolicyVersion PassRole",
  inspector2: "ListFindings ListCoverage BatchGetAccountStatus ListFilters GetConfiguration ListUsageTotals",
  kinesis: "ListStreams DescribeStreamSummary ListShards DescribeStream ListStreamConsumers",
  kms: "ListGrants ListKeyPolicies ListResourceTags DescribeCustomKeyStores GetParametersForImport ListRetirableGrants RetireGrant UpdateAlias CreateAlias",
  lambda:
    "ListEventSourceMappings20150331 GetFunctionConfiguration20150331v2 ListAliases20150331 ListVersionsByFunction20150331 ListLayers20181031 GetAccountSettings20160819 ListTags20170331 GetFunctionCodeSigningConfig ListFunctionUrlConfigs GetEventSourceMapping20150331 UpdateAlias20150331",
  lightsail: "GetInstances GetRegions GetBuckets GetDisks",
  logs: "DescribeMetricFilters DescribeSubscriptionFilters DescribeResourcePolicies DescribeExportTasks DescribeQueries DescribeDestinations ListTagsForResource GetLogGroupFields GetLogRecord ListLogAnomalyDetectors PutSubscriptionFilter PutMetricFilter",
  macie2: "GetMacieSession ListClassificationJobs GetBucketStatistics DescribeBuckets",
  monitoring:
    "DescribeAlarmsForMetric DescribeAnomalyDetectors ListDashboards GetDashboard ListMetricStreams DescribeInsightRules ListTagsForResource PutDashboard EnableAlarmActions",
  organizations:
    "ListRoots ListParents ListChildren ListAccountsForParent ListOrganizationalUnitsForParent ListTargetsForPolicy DescribePolicy ListDelegatedAdministrators ListAWSServiceAccessForOrganization ListCreateAccountStatus ListHandshakesForOrganization DescribeEffectivePolicy ListTagsForResource",
  quicksight: "ListDashboards ListDataSets DescribeAccountSettings",
  ram: "GetResourceShares GetResourceShareAssociations ListResources ListPrincipals",
  rds: "DescribeDBSubnetGroups DescribeDBParameterGroups DescribeDBEngineVersions DescribeDBSnapshotAttributes DescribeDBClusterSnapshots DescribeEvents DescribeEventSubscriptions DescribeOptionGroups DescribePendingMaintenanceActions DescribeReservedDBInstances DescribeDBLogFiles DescribeDBClusterParameterGroups DescribeExportTasks DescribeGlobalClusters DescribeOrderableDBInstanceOptions DescribeDBProxies DownloadDBLogFilePortion ListTagsForResource DeleteDBSnapshot CopyDBSnapshot RebootDBInstance AddTagsToResource",
  redshift:
    "DescribeClusters DescribeClusterSnapshots DescribeClusterSubnetGroups DescribeLoggingStatus DescribeClusterParameters",
  "resource-explorer-2": "ListIndexes ListViews Search GetIndex GetDefaultView",
  "resource-groups": "ListGroups GetGroup ListGroupResources SearchResources",
  route53:
    "GetHostedZone ListHealthChecks ListTrafficPolicies GetChange ListTagsForResource GetHostedZoneCount ListQueryLoggingConfigs ListHostedZonesByName ListVPCAssociationAuthorizations",
  route53resolver: "ListResolverEndpoints ListResolverRules ListResolverQueryLogConfigs ListFirewallRuleGroups",
  s3: "GetBucketCors GetBucketWebsite GetBucketReplication GetBucketRequestPayment GetBucketNotification GetBucketOwnershipControls GetBucketObjectLockConfiguration GetAccelerateConfiguration GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration GetAccountPublicAccessBlock ListAccessPoints GetStorageLensConfiguration ListStorageLensConfigurations PutBucketVersioning PutBucketLifecycle PutBucketEncryption PutBucketLogging PutBucketNotification",
  sagemaker: "ListNotebookInstances ListEndpoints ListModels ListTrainingJobs ListDomains ListUserProfiles",
  secretsmanager:
    "GetResourcePolicy ListSecretVersionIds GetRandomPassword TagResource UpdateSecret UpdateSecretVersionStage BatchGetSecretValue",
  securityhub:
    "DescribeHub DescribeStandards DescribeStandardsControls GetInsights GetInsightResults ListEnabledProductsForImport BatchImportFindings BatchUpdateFindings DescribeOrganizationConfiguration",
  servicediscovery: "ListNamespaces ListServices ListInstances RegisterInstance DeregisterInstance GetOperation",
  servicequotas: "ListServiceQuotas GetServiceQuota ListAWSDefaultServiceQuotas ListRequestedServiceQuotaChangeHistory",
  ses: "ListIdentities GetSendQuota GetSendStatistics GetIdentityVerificationAttributes ListEmailIdentities GetAccount",
  shield: "DescribeSubscription ListProtections GetSubscriptionState",
  sns: "ListSubscriptions ListSubscriptionsByTopic GetSubscriptionAttributes ListTagsForResource ListPlatformApplications SetTopicAttributes",
  sqs: "ListQueues GetQueueUrl ListQueueTags ListDeadLetterSourceQueues SetQueueAttributes PurgeQueue",
  ssm: "DescribeParameters GetParameters DescribeAssociation ListAssociations DescribeInstancePatchStates DescribeSessions DescribeMaintenanceWindows ListDocuments DescribeDocument GetDocument GetInventory ListCommands ListCommandInvocations DescribePatchBaselines GetServiceSetting ListComplianceSummaries UpdateInstanceAssociationStatus PutInventory PutComplianceItems TerminateSession",
  sso: "ListInstances ListPermissionSets DescribePermissionSet ListAccountAssignments GetPermissionSet ListManagedPoliciesInPermissionSet GetRoleCredentials ListAccountRoles ListAccounts Logout",
  states: "ListStateMachines DescribeStateMachine ListExecutions DescribeExecution GetExecutionHistory StartExecution",
  support: "DescribeTrustedAdvisorChecks DescribeTrustedAdvisorCheckSummaries RefreshTrustedAdvisorCheck DescribeCases",
  tagging: "GetResources GetTagKeys GetTagValues TagResources",
  waf: "ListWebACLs GetWebACL ListRuleGroups ListIPSets",
  wafv2:
    "ListWebACLs GetWebACL GetWebACLForResource ListIPSets ListLoggingConfigurations ListRuleGroups UpdateIPSet GetIPSet",
};

const globalServices = new Set([
  "iam",
  "organizations",
  "route53",
  "cloudfront",
  "budgets",
  "ce",
  "shield",
  "support",
  "waf",
  "health",
]);

/** Operations of the long tail, in the order of the table above. */
export const longTailOperations: readonly Operation[] = Object.entries(tail).flatMap(([prefix, names]) => {
  const service = inService({
    prefix,
    version: versionOf(prefix),
    isGlobal: globalServices.has(prefix),
  });
  return names.split(" ").map((name) => {
    const describeCall = (call: Call): CallBody => describeGenericCall(call, prefix, name);
    return readVerbs.test(name) ? service.reads(name, describeCall) : service.writes(name, describeCall);
  });
});

function versionOf(prefix: string): string {
  return ["1.08", "1.09", "1.10", "1.11"][prefix.length % 4] ?? "1.08";
}
