# What `setup apply` makes in an empty account, as somebody would write it down who takes it over with Terraform.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  s3_use_path_style       = true
  skip_metadata_api_check = true
}

# SQS tells it: where the queues are is not the same at AWS and elsewhere.
variable "queue_url" {}
variable "dead_letters_url" {}
variable "subscription_arn" {}

locals {
  account   = "111122223333"
  name      = "trailwarden-111122223333"
  topic_arn = "arn:aws:sns:eu-central-1:111122223333:trailwarden-111122223333"
  queue_arn = "arn:aws:sqs:eu-central-1:111122223333:trailwarden-111122223333"
  trail_arn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/trailwarden-111122223333"
}

import {
  to = aws_cloudtrail.events
  id = local.trail_arn
}

resource "aws_cloudtrail" "events" {
  name           = local.name
  s3_bucket_name = local.name
  # The name, for that is what the provider reads back (see ../../sandbox/terraform/trail/main.tf).
  sns_topic_name                = local.name
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  enable_logging                = true
}

import {
  to = aws_s3_bucket.logs
  id = local.name
}

resource "aws_s3_bucket" "logs" {
  bucket = local.name
}

import {
  to = aws_s3_bucket_public_access_block.logs
  id = local.name
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = local.name
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

import {
  to = aws_s3_bucket_ownership_controls.logs
  id = local.name
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = local.name
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

import {
  to = aws_s3_bucket_server_side_encryption_configuration.logs
  id = local.name
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = local.name
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

import {
  to = aws_s3_bucket_versioning.logs
  id = local.name
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = local.name
  versioning_configuration {
    status = "Enabled"
  }
}

import {
  to = aws_s3_bucket_policy.logs
  id = local.name
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = local.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSCloudTrailAclCheck20150319"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = "arn:aws:s3:::${local.name}"
        Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
      },
      {
        Sid       = "AWSCloudTrailWrite20150319"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::${local.name}/AWSLogs/${local.account}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"  = "bucket-owner-full-control"
            "aws:SourceArn" = local.trail_arn
          }
        }
      },
    ]
  })
}

import {
  to = aws_sns_topic.notices
  id = local.topic_arn
}

resource "aws_sns_topic" "notices" {
  name = local.name
}

import {
  to = aws_sns_topic_policy.notices
  id = local.topic_arn
}

resource "aws_sns_topic_policy" "notices" {
  arn = local.topic_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AWSCloudTrailSNSPolicy20131101"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "SNS:Publish"
      Resource  = local.topic_arn
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    }]
  })
}

import {
  to = aws_sqs_queue.dead_letters
  id = var.dead_letters_url
}

resource "aws_sqs_queue" "dead_letters" {
  name                       = "${local.name}-dead-letters"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 300
  sqs_managed_sse_enabled    = true

  # 1 MiB since August 2025 (SQS Developer Guide, "Amazon SQS message quotas"): older providers know of 256 KiB at most.
  lifecycle {
    ignore_changes = [max_message_size]
  }
}

import {
  to = aws_sqs_queue.notices
  id = var.queue_url
}

resource "aws_sqs_queue" "notices" {
  name                       = local.name
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 300
  sqs_managed_sse_enabled    = true

  # 1 MiB since August 2025 (SQS Developer Guide, "Amazon SQS message quotas"): older providers know of 256 KiB at most.
  lifecycle {
    ignore_changes = [max_message_size]
  }
}

import {
  to = aws_sqs_queue_policy.notices
  id = var.queue_url
}

resource "aws_sqs_queue_policy" "notices" {
  queue_url = var.queue_url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TrailwardenReceive"
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = local.queue_arn
      Condition = { ArnEquals = { "aws:SourceArn" = local.topic_arn } }
    }]
  })
}

import {
  to = aws_sqs_queue_redrive_policy.notices
  id = var.queue_url
}

resource "aws_sqs_queue_redrive_policy" "notices" {
  queue_url = var.queue_url
  redrive_policy = jsonencode({
    deadLetterTargetArn = "${local.queue_arn}-dead-letters"
    maxReceiveCount     = 1000
  })
}

import {
  to = aws_sns_topic_subscription.notices
  id = var.subscription_arn
}

resource "aws_sns_topic_subscription" "notices" {
  topic_arn            = local.topic_arn
  protocol             = "sqs"
  endpoint             = local.queue_arn
  raw_message_delivery = true

  # The provider's own, for endpoints that confirm over HTTP: no import reads them.
  lifecycle {
    ignore_changes = [confirmation_timeout_in_minutes, endpoint_auto_confirms]
  }
}
