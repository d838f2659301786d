import assert from "node:assert/strict";
import { test } from "node:test";
import { namesPerson } from "./session-name.ts";

const people = [
  "mary.major@example.com",
  "Mary1987@example.com",
  "alice",
  "mary.major",
  "MaryMajor",
  "AdanAlvarez",
  "farid-query",
  "jose_2",
  "søren",
];

const machines = [
  "",
  "i-05c30218156bcc246",
  "mi-0123456789abcdef0",
  "botocore-session-1688990515",
  "boto3-session",
  "aws-sdk-js-1688990515440",
  "aws-go-sdk-1688990515440126480",
  "AWSCodeBuild-1b74cd71-7d47-002b-aaaa-0123456789ab",
  "AWSCLI-Session",
  "GitHubActions",
  "GitHubActions-9123456789",
  "gitlab-ci",
  "1688990515",
  "7472a099-2df6-4080-b339-9681aa0a066a",
  "d41d8cd98f00b204e9800998ecf8427e",
  "deploy-3fa9c21",
  "SLRManagement",
  "CLOUDWATCH_LOGS_DELIVERY_SESSION",
  "AutoScalingDescribeHandlerSession",
  "MandoService364061179539770931",
  "TrustedAdvisor_187901811700_7472a099-2df6-4080-b339-9681aa0a066a",
  "orders-worker",
  "shop-orders-image-resizer",
  "checkout-api",
  "Role-Session-Name",
  "console-session",
  "x".repeat(65),
  "a b c d",
  "-",
];

for (const name of people) {
  test(`${name} is how a person is called`, () => {
    assert.equal(namesPerson(name), true);
  });
}

for (const name of machines) {
  test(`${name === "" ? "an empty name" : name.slice(0, 70)} is no person's name`, () => {
    assert.equal(namesPerson(name), false);
  });
}
