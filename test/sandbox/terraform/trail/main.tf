# A trail of all regions with everything that people put around it: an encrypted bucket with its settings, a topic, a
# queue that hears of log files, a log group, a rule that watches the root user, and somebody who may read it all.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  s3_use_path_style       = true
  skip_metadata_api_check = true
}

variable "team" { default = "security" }
variable "prefix" { default = "org" }
variable "reads_too" { default = false }
variable "insights" {
  type    = set(string)
  default = ["ApiCallRateInsight", "ApiErrorRateInsight"]
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}

locals {
  account   = data.aws_caller_identity.me.account_id
  region    = data.aws_region.here.name
  trail_arn = "arn:aws:cloudtrail:${local.region}:${local.account}:trail/company"
  topic_arn = "arn:aws:sns:${local.region}:${local.account}:trail-notices"
  queue_arn = "arn:aws:sqs:${local.region}:${local.account}:trail-notices"
  tags      = { team = var.team }
}

resource "aws_cloudtrail" "company" {
  name                       = "company"
  s3_bucket_name             = aws_s3_bucket.logs.id
  s3_key_prefix              = var.prefix
  kms_key_id                 = aws_kms_key.trail.arn
  is_multi_region_trail      = true
  enable_log_file_validation = true
  tags                       = local.tags

  # The name, for the provider reads a topic of the same account and region back as its name: an ARN would be a change
  # in every plan, on AWS too (hashicorp/terraform-provider-aws 41263).
  sns_topic_name = aws_sns_topic.notices.name

  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.logs.arn

  advanced_event_selector {
    name = "Management"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }

  advanced_event_selector {
    name = "What is done to the archive"
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
    field_selector {
      field       = "resources.ARN"
      starts_with = ["${aws_s3_bucket.archive.arn}/"]
    }
    dynamic "field_selector" {
      for_each = var.reads_too ? [] : ["readOnly"]
      content {
        field  = field_selector.value
        equals = ["false"]
      }
    }
  }

  dynamic "insight_selector" {
    for_each = var.insights
    content {
      insight_type = insight_selector.value
    }
  }

  depends_on = [aws_s3_bucket_policy.logs, aws_sns_topic_policy.notices, aws_iam_role_policy.logs]
}

resource "aws_kms_key" "trail" {
  description             = "Log files and notices of the company's trail"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  tags                    = local.tags
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Owner"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Log files"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
      },
      {
        Sid       = "Notices"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_alias" "trail" {
  name          = "alias/company-trail"
  target_key_id = aws_kms_key.trail.key_id
}
