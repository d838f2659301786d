import { capitalize, serviceOf } from "./words.ts";

/** Names of services as people write them, where the API's own name would look odd in a sentence. */
const titles: Readonly<Record<string, string>> = {
  "access-analyzer": "IAM Access Analyzer",
  acm: "ACM",
  apigateway: "API Gateway",
  "application-autoscaling": "Application Auto Scaling",
  appsync: "AppSync",
  autoscaling: "Auto Scaling",
  cloudformation: "CloudFormation",
  cloudfront: "CloudFront",
  cloudtrail: "CloudTrail",
  codebuild: "CodeBuild",
  codepipeline: "CodePipeline",
  "cognito-idp": "Cognito",
  dynamodb: "DynamoDB",
  ec2: "EC2",
  ecr: "ECR",
  ecs: "ECS",
  eks: "EKS",
  elasticache: "ElastiCache",
  elasticfilesystem: "EFS",
  elasticloadbalancing: "Elastic Load Balancing",
  events: "EventBridge",
  guardduty: "GuardDuty",
  iam: "IAM",
  inspector2: "Inspector",
  kms: "KMS",
  logs: "CloudWatch Logs",
  monitoring: "CloudWatch",
  rds: "RDS",
  route53: "Route 53",
  s3: "S3",
  sagemaker: "SageMaker",
  secretsmanager: "Secrets Manager",
  securityhub: "Security Hub",
  servicecatalog: "Service Catalog",
  ses: "SES",
  signin: "AWS sign-in",
  sns: "SNS",
  sqs: "SQS",
  ssm: "Systems Manager",
  sso: "IAM Identity Center",
  states: "Step Functions",
  sts: "STS",
  wafv2: "WAF",
};

/** "kms.amazonaws.com" → "KMS"; a service not listed here keeps its own name. */
export function serviceTitle(eventSource: string): string {
  const service = serviceOf(eventSource);
  return Object.hasOwn(titles, service) ? (titles[service] ?? service) : capitalize(service);
}
