resource "aws_sns_topic" "notices" {
  name              = "trail-notices"
  kms_master_key_id = aws_kms_key.trail.arn
  tags              = local.tags
}

resource "aws_sns_topic_policy" "notices" {
  arn = aws_sns_topic.notices.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AWSCloudTrailSNSPolicy20131101"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "SNS:Publish"
      Resource  = aws_sns_topic.notices.arn
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    }]
  })
}

resource "aws_sqs_queue" "dead" {
  name                      = "trail-notices-dead"
  message_retention_seconds = 1209600
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [local.queue_arn]
  })
}

resource "aws_sqs_queue" "notices" {
  name                       = "trail-notices"
  visibility_timeout_seconds = 120
  sqs_managed_sse_enabled    = true
  tags                       = local.tags
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for service, source in {
      "sns.amazonaws.com"    = local.topic_arn
      "s3.amazonaws.com"     = aws_s3_bucket.archive.arn
      "events.amazonaws.com" = aws_cloudwatch_event_rule.root.arn
      } : {
      Effect    = "Allow"
      Principal = { Service = service }
      Action    = "sqs:SendMessage"
      Resource  = local.queue_arn
      Condition = { ArnEquals = { "aws:SourceArn" = source } }
    }]
  })
}

resource "aws_sns_topic_subscription" "notices" {
  topic_arn            = aws_sns_topic.notices.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.notices.arn
  raw_message_delivery = true
}

resource "aws_cloudwatch_event_rule" "root" {
  name          = "root-user-acts"
  description   = "Nobody should use the root user"
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
  tags          = local.tags
}

resource "aws_cloudwatch_event_target" "root" {
  rule = aws_cloudwatch_event_rule.root.name
  arn  = aws_sqs_queue.notices.arn
  input_transformer {
    input_paths    = { event = "$.detail.eventName" }
    input_template = "\"Root did <event>\""
  }
}
