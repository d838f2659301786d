import { type Actor } from "../actor.ts";
import { type Stage } from "../stage.ts";
import { administratorAccess, ensureBucket, ensureUser, policyOf, removeBucket, renewKey } from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

const trailName = "staging-audit";

/** Somebody with too many rights takes a trail apart, piece by piece. */
export const silencedTrail = defineStory({
  name: "silenced-trail",
  title: "Logging is switched off, piece by piece",
  summary:
    "A contractor with administrator's rights in Example Staging looks at the trail, narrows what it records, takes its bucket's policy, its topic and its queue away, stops it and deletes it",
  actors: [{ name: "contractor", does: "works from home, until today" }],
  matters: {
    look: matter("cloudtrail", "GetEventSelectors", "T1654", "The contractor looks at what is recorded"),
    narrow: matter(
      "cloudtrail",
      "PutEventSelectors",
      "T1562.008",
      "The trail records management events that write only",
    ),
    policy: matter("s3", "DeleteBucketPolicy", "T1562.008", "CloudTrail may no longer write into the bucket"),
    queue: matter("sqs", "DeleteQueue", "T1562.008", "The queue that the log files are announced in is gone"),
    topic: matter("sns", "DeleteTopic", "T1562.008", "The topic that the log files are announced in is gone"),
    stop: matter("cloudtrail", "StopLogging", "T1562.008", "The trail is stopped"),
    remove: matter("cloudtrail", "DeleteTrail", "T1562.008", "The trail is deleted"),
  },
  async setUp(stage) {
    const by = stage.administrator("staging");
    await by.attempt("cloudtrail", "DeleteTrail", { Name: trailName });
    await ensureUser(by, { name: "contractor", policies: [administratorAccess] });
    await makeTrail(stage, by);
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const credentials = await renewKey(stage.administrator("staging"), "contractor");
    const contractor = stage.actor({
      name: "contractor",
      accountId: accounts.staging,
      region: company.homeRegion,
      credentials,
      tool: "cli-on-mac",
      sourceIp: "203.0.113.77",
    });
    const { bucket, topicArn, queueUrl } = namesOf(stage);
    await contractor.call("cloudtrail", "DescribeTrails", {});
    await contractor.call("cloudtrail", "GetTrailStatus", { Name: trailName });
    stage.mark(matters.look);
    await contractor.call("cloudtrail", "GetEventSelectors", { TrailName: trailName });
    await stage.pause(4 + random.int(6));
    stage.mark(matters.narrow);
    await contractor.call("cloudtrail", "PutEventSelectors", {
      TrailName: trailName,
      EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true, DataResources: [] }],
    });
    await stage.pause(3);
    stage.mark(matters.policy);
    await contractor.call("s3", "DeleteBucketPolicy", { Bucket: bucket });
    await stage.pause(1 + random.int(4));
    stage.mark(matters.queue);
    await contractor.call("sqs", "DeleteQueue", { QueueUrl: queueUrl(stage) });
    stage.mark(matters.topic);
    await contractor.call("sns", "DeleteTopic", { TopicArn: topicArn });
    await stage.pause(6 + random.int(10));
    stage.mark(matters.stop);
    await contractor.call("cloudtrail", "StopLogging", { Name: trailName });
    await contractor.call("ec2", "DescribeInstances", {});
    await stage.pause(2);
    stage.mark(matters.remove);
    await contractor.call("cloudtrail", "DeleteTrail", { Name: trailName });
  },
});

function namesOf({ accounts, company }: Stage) {
  const { staging } = accounts;
  const region = company.homeRegion;
  return {
    bucket: `example-staging-audit-${staging.slice(-4)}`,
    topicArn: `arn:aws:sns:${region}:${staging}:staging-audit`,
    queueArn: `arn:aws:sqs:${region}:${staging}:staging-audit`,
    queueUrl: ({ endpoint }: Stage) => `${endpoint}/${staging}/staging-audit`,
    trailArn: `arn:aws:cloudtrail:${region}:${staging}:trail/${trailName}`,
  };
}

/** Policies as the CloudTrail User Guide prints them ("Amazon S3 bucket policy for CloudTrail", "Amazon SNS topic policy"). */
async function makeTrail(stage: Stage, by: Actor): Promise<void> {
  const { bucket, topicArn, queueArn, trailArn } = namesOf(stage);
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  const forTrail = { StringEquals: { "aws:SourceArn": trailArn } };
  await removeBucket(by, bucket);
  await ensureBucket(by, bucket);
  await by.call("s3", "PutBucketPolicy", {
    Bucket: bucket,
    Policy: policyOf(
      {
        Sid: "AWSCloudTrailAclCheck20150319",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "s3:GetBucketAcl",
        Resource: `arn:aws:s3:::${bucket}`,
        Condition: forTrail,
      },
      {
        Sid: "AWSCloudTrailWrite20150319",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/AWSLogs/${by.accountId}/*`,
        Condition: {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn },
        },
      },
    ),
  });
  await by.call("sns", "CreateTopic", { Name: "staging-audit" });
  await by.call("sns", "SetTopicAttributes", {
    TopicArn: topicArn,
    AttributeName: "Policy",
    AttributeValue: policyOf({
      Sid: "AWSCloudTrailSNSPolicy20131101",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "SNS:Publish",
      Resource: topicArn,
      Condition: forTrail,
    }),
  });
  await by.call("sqs", "CreateQueue", {
    QueueName: "staging-audit",
    Attributes: {
      Policy: policyOf({
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      }),
    },
  });
  await by.call("sns", "Subscribe", { TopicArn: topicArn, Protocol: "sqs", Endpoint: queueArn });
  await by.call("cloudtrail", "CreateTrail", {
    Name: trailName,
    S3BucketName: bucket,
    SnsTopicName: topicArn,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
  });
  await by.call("cloudtrail", "StartLogging", { Name: trailName });
}
