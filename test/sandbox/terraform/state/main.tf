# State in a bucket, locked by an object beside it; and a provider that is told of each endpoint by itself, as older
# configurations do it. What is not in the list goes to AWS: with AWS_ENDPOINT_URL nothing can be forgotten.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }

  backend "s3" {
    bucket         = "example-shop-terraform"
    key            = "company/terraform.tfstate"
    use_path_style = true
    use_lockfile   = true
    encrypt        = true
  }
}

variable "endpoint" { type = string }

provider "aws" {
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  endpoints {
    cloudtrail = var.endpoint
    iam        = var.endpoint
    kms        = var.endpoint
    s3         = var.endpoint
    sns        = var.endpoint
    sqs        = var.endpoint
    sts        = var.endpoint
  }
}

resource "aws_iam_user" "mary" {
  name = "mary"
}

resource "aws_sns_topic" "notes" {
  name = "notes"
}

resource "aws_s3_bucket" "notes" {
  bucket = "example-shop-notes"
}

data "aws_caller_identity" "me" {}

output "me" {
  value = data.aws_caller_identity.me.arn
}
