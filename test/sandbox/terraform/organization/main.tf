# An organization whose trail goes to a bucket of an account that keeps log files and does nothing else. Terraform runs in
# the management account, and takes on a role in the archive's.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "archive_account" { type = string }
variable "selects" { default = "All" }

provider "aws" {
  s3_use_path_style       = true
  skip_metadata_api_check = true

  default_tags {
    tags = { owner = "security" }
  }
}

provider "aws" {
  alias                   = "archive"
  s3_use_path_style       = true
  skip_metadata_api_check = true

  assume_role {
    role_arn     = "arn:aws:iam::${var.archive_account}:role/OrganizationAccountAccessRole"
    external_id  = "example-shop"
    session_name = "terraform"
  }
}

data "aws_caller_identity" "management" {}
data "aws_region" "here" {}
data "aws_partition" "here" {}

locals {
  management = data.aws_caller_identity.management.account_id
  region     = data.aws_region.here.name
  trail_arn  = "arn:${data.aws_partition.here.partition}:cloudtrail:${local.region}:${local.management}:trail/everybody"
}

resource "aws_organizations_organization" "company" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = ["cloudtrail.amazonaws.com"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "Workloads"
  parent_id = aws_organizations_organization.company.roots[0].id
}

resource "aws_organizations_policy" "trail_stays" {
  name = "trail-stays"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"], Resource = "*" }]
  })
  depends_on = [aws_organizations_organization.company]
}

resource "aws_organizations_policy_attachment" "trail_stays" {
  policy_id = aws_organizations_policy.trail_stays.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

# The archive's key and bucket.
data "aws_iam_policy_document" "key" {
  provider = aws.archive
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.archive_account}:root"]
    }
  }
  statement {
    actions   = ["kms:GenerateDataKey*", "kms:DescribeKey"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }
}

resource "aws_kms_key" "logs" {
  provider = aws.archive
  policy   = data.aws_iam_policy_document.key.json
}

resource "aws_s3_bucket" "logs" {
  provider      = aws.archive
  bucket_prefix = "example-archive-"
  force_destroy = true
}

data "aws_iam_policy_document" "logs" {
  provider = aws.archive
  statement {
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.logs.arn]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }
  statement {
    actions = ["s3:PutObject"]
    resources = [
      "${aws_s3_bucket.logs.arn}/AWSLogs/${local.management}/*",
      "${aws_s3_bucket.logs.arn}/AWSLogs/${aws_organizations_organization.company.id}/*",
    ]
    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  provider = aws.archive
  bucket   = aws_s3_bucket.logs.id
  policy   = data.aws_iam_policy_document.logs.json
}

resource "aws_cloudtrail" "everybody" {
  name                       = "everybody"
  s3_bucket_name             = aws_s3_bucket.logs.id
  kms_key_id                 = aws_kms_key.logs.arn
  is_organization_trail      = true
  is_multi_region_trail      = true
  enable_log_file_validation = true

  event_selector {
    read_write_type           = var.selects
    include_management_events = true

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

# Findings, and a bus of their own for what concerns security.
resource "aws_guardduty_detector" "here" {
  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_guardduty_filter" "archive_low" {
  name        = "archive-low"
  action      = "ARCHIVE"
  detector_id = aws_guardduty_detector.here.id
  rank        = 1
  finding_criteria {
    criterion {
      field     = "severity"
      less_than = "4"
    }
  }
}

resource "aws_cloudwatch_event_bus" "security" {
  name = "security"
}

resource "aws_cloudwatch_event_bus_policy" "security" {
  event_bus_name = aws_cloudwatch_event_bus.security.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "archive"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.archive_account}:root" }
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.security.arn
    }]
  })
}

resource "aws_cloudwatch_event_rule" "findings" {
  name          = "findings"
  event_pattern = jsonencode({ source = ["aws.guardduty"], detail = { severity = [{ numeric = [">=", 7] }] } })
}

data "aws_iam_policy_document" "events" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "events" {
  name_prefix        = "findings-"
  assume_role_policy = data.aws_iam_policy_document.events.json
}

resource "aws_iam_role_policy" "events" {
  role = aws_iam_role.events.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.security.arn }]
  })
}

resource "aws_cloudwatch_event_target" "findings" {
  rule     = aws_cloudwatch_event_rule.findings.name
  arn      = aws_cloudwatch_event_bus.security.arn
  role_arn = aws_iam_role.events.arn
}

# Things in their order: a topic and a queue that keep it.
resource "aws_sns_topic" "ordered" {
  name                        = "findings.fifo"
  fifo_topic                  = true
  content_based_deduplication = true
}

resource "aws_sqs_queue" "ordered" {
  name                        = "findings.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:${local.region}:${local.management}:findings.fifo"
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.ordered.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "ordered" {
  topic_arn           = aws_sns_topic.ordered.arn
  protocol            = "sqs"
  endpoint            = aws_sqs_queue.ordered.arn
  filter_policy       = jsonencode({ severity = [{ numeric = [">=", 4] }] })
  filter_policy_scope = "MessageBody"
}

# An event data store, which keeps what applications say about themselves.
resource "aws_cloudtrail_event_data_store" "applications" {
  name                           = "applications"
  retention_period               = 90
  termination_protection_enabled = false

  advanced_event_selector {
    name = "Activity of applications"
    field_selector {
      field  = "eventCategory"
      equals = ["ActivityAuditLog"]
    }
  }
}
