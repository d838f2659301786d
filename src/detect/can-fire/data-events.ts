/** Data events of one type of resource, as event selectors name it. */
export interface DataEvents {
  readonly source: string;
  readonly resourceType: string;
  readonly names: readonly string[];
}

function row(service: string, resourceType: string, names: string): DataEvents {
  return { source: `${service}.amazonaws.com`, resourceType: `AWS::${resourceType}`, names: names.split(" ") };
}

/**
 * Calls that CloudTrail records as data events, which a trail leaves out unless a selector asks for their type of resource
 * (CloudTrail User Guide, "Logging data events", and the page on CloudTrail in each service's own guide). Calls that are
 * one or the other, depending on what they are made on, are not here.
 */
export const dataEvents: readonly DataEvents[] = [
  row(
    "s3",
    "S3::Object",
    "AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload DeleteObject DeleteObjectTagging DeleteObjects GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent HeadBucket HeadObject ListMultipartUploads ListObjectVersions ListObjects ListParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging RestoreObject SelectObjectContent UploadPart UploadPartCopy",
  ),
  row("lambda", "Lambda::Function", "Invoke InvokeFunction InvokeWithResponseStream"),
  row(
    "dynamodb",
    "DynamoDB::Table",
    "BatchExecuteStatement BatchGetItem BatchWriteItem DeleteItem ExecuteTransaction GetItem PutItem Query Scan TransactGetItems TransactWriteItems UpdateItem",
  ),
  row("dynamodb", "DynamoDB::Stream", "GetRecords GetShardIterator"),
  row(
    "sqs",
    "SQS::Queue",
    "ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch ReceiveMessage SendMessage SendMessageBatch",
  ),
  row("sns", "SNS::Topic", "Publish PublishBatch"),
  row(
    "cognito-identity",
    "Cognito::IdentityPool",
    "GetCredentialsForIdentity GetId GetOpenIdToken GetOpenIdTokenForDeveloperIdentity UnlinkIdentity",
  ),
  row("ebs", "EC2::Snapshot", "GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks PutSnapshotBlock"),
  row("kinesis", "Kinesis::Stream", "GetRecords GetShardIterator PutRecord PutRecords SubscribeToShard"),
  row("bedrock", "Bedrock::AgentAlias", "InvokeAgent"),
  row("bedrock", "Bedrock::KnowledgeBase", "Retrieve RetrieveAndGenerate RetrieveAndGenerateStream"),
  row("bedrock", "Bedrock::FlowAlias", "InvokeFlow"),
  row("bedrock", "Bedrock::Guardrail", "ApplyGuardrail"),
  row("bedrock", "Bedrock::InlineAgent", "InvokeInlineAgent"),
  row("sagemaker", "SageMaker::Endpoint", "InvokeEndpoint InvokeEndpointAsync InvokeEndpointWithResponseStream"),
  row("ses", "SES::EmailIdentity", "SendBulkEmail SendBulkTemplatedEmail SendEmail SendRawEmail SendTemplatedEmail"),
  row("appconfig", "AppConfig::Configuration", "GetLatestConfiguration StartConfigurationSession"),
  row("xray", "XRay::Trace", "PutTelemetryRecords PutTraceSegments"),
  row("ssmmessages", "SSMMessages::ControlChannel", "OpenControlChannel OpenDataChannel"),
  row("cloudtrail-data", "CloudTrail::Channel", "PutAuditEvents"),
];
