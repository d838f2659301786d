import { defineService, type Service } from "../../service.ts";
import { type S3 } from "./operation.ts";
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from "./operations/acl.ts";
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from "./operations/buckets.ts";
import { copyObject } from "./operations/copy-object.ts";
import { deleteObject, deleteObjects } from "./operations/delete-objects.ts";
import { deleteBucketEncryption, getBucketEncryption, putBucketEncryption } from "./operations/encryption.ts";
import { getObject, getObjectAttributes, headObject } from "./operations/get-object.ts";
import { deleteBucketLifecycle, getBucketLifecycle, putBucketLifecycle } from "./operations/lifecycle.ts";
import { listObjects, listObjectsV2 } from "./operations/list-objects.ts";
import { listMultipartUploads, listParts } from "./operations/list-uploads.ts";
import { listObjectVersions } from "./operations/list-versions.ts";
import { getBucketLogging, putBucketLogging } from "./operations/logging.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from "./operations/multipart.ts";
import { neverSet } from "./operations/never-set.ts";
import { getBucketNotification, putBucketNotification } from "./operations/notification.ts";
import {
  getObjectLegalHold,
  getObjectLockConfiguration,
  getObjectRetention,
  putObjectLegalHold,
  putObjectLockConfiguration,
  putObjectRetention,
} from "./operations/object-lock.ts";
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from "./operations/policy.ts";
import {
  deleteBucketOwnershipControls,
  deletePublicAccessBlock,
  getBucketOwnershipControls,
  getPublicAccessBlock,
  putBucketOwnershipControls,
  putPublicAccessBlock,
} from "./operations/public-access.ts";
import { putObject } from "./operations/put-object.ts";
import { getBucketRequestPayment, putBucketRequestPayment } from "./operations/request-payment.ts";
import {
  deleteBucketTagging,
  deleteObjectTagging,
  getBucketTagging,
  getObjectTagging,
  putBucketTagging,
  putObjectTagging,
} from "./operations/tagging.ts";
import { getBucketVersioning, putBucketVersioning } from "./operations/versioning.ts";
import { type S3Outlets } from "./outlets.ts";
import { type S3State } from "./s3-state.ts";

/** S3: buckets and objects that last, with their settings, versions, locks, notices and records. */
export function s3Service(state: S3State, outlets: S3Outlets): Service<"s3"> {
  const s3: S3 = { ...state, outlets };
  return defineService("s3", {
    AbortMultipartUpload: abortMultipartUpload(s3),
    CompleteMultipartUpload: completeMultipartUpload(s3),
    CopyObject: copyObject(s3),
    CreateBucket: createBucket(s3),
    CreateMultipartUpload: createMultipartUpload(s3),
    DeleteBucket: deleteBucket(s3),
    DeleteBucketEncryption: deleteBucketEncryption(s3),
    DeleteBucketLifecycle: deleteBucketLifecycle(s3),
    DeleteBucketOwnershipControls: deleteBucketOwnershipControls(s3),
    DeleteBucketPolicy: deleteBucketPolicy(s3),
    DeleteBucketTagging: deleteBucketTagging(s3),
    DeleteObject: deleteObject(s3),
    DeleteObjectTagging: deleteObjectTagging(s3),
    DeleteObjects: deleteObjects(s3),
    DeletePublicAccessBlock: deletePublicAccessBlock(s3),
    GetBucketAcl: getBucketAcl(s3),
    GetBucketEncryption: getBucketEncryption(s3),
    GetBucketLifecycleConfiguration: getBucketLifecycle(s3),
    GetBucketLocation: getBucketLocation(s3),
    GetBucketLogging: getBucketLogging(s3),
    GetBucketNotificationConfiguration: getBucketNotification(s3),
    GetBucketOwnershipControls: getBucketOwnershipControls(s3),
    GetBucketPolicy: getBucketPolicy(s3),
    GetBucketPolicyStatus: getBucketPolicyStatus(s3),
    GetBucketRequestPayment: getBucketRequestPayment(s3),
    GetBucketTagging: getBucketTagging(s3),
    GetBucketVersioning: getBucketVersioning(s3),
    GetObject: getObject(s3),
    GetObjectAcl: getObjectAcl(s3),
    GetObjectAttributes: getObjectAttributes(s3),
    GetObjectLegalHold: getObjectLegalHold(s3),
    GetObjectLockConfiguration: getObjectLockConfiguration(s3),
    GetObjectRetention: getObjectRetention(s3),
    GetObjectTagging: getObjectTagging(s3),
    GetPublicAccessBlock: getPublicAccessBlock(s3),
    HeadBucket: headBucket(s3),
    HeadObject: headObject(s3),
    ListBuckets: listBuckets(s3),
    ListMultipartUploads: listMultipartUploads(s3),
    ListObjectVersions: listObjectVersions(s3),
    ListObjects: listObjects(s3),
    ListObjectsV2: listObjectsV2(s3),
    ListParts: listParts(s3),
    PutBucketAcl: putBucketAcl(s3),
    PutBucketEncryption: putBucketEncryption(s3),
    PutBucketLifecycleConfiguration: putBucketLifecycle(s3),
    PutBucketLogging: putBucketLogging(s3),
    PutBucketNotificationConfiguration: putBucketNotification(s3),
    PutBucketOwnershipControls: putBucketOwnershipControls(s3),
    PutBucketPolicy: putBucketPolicy(s3),
    PutBucketRequestPayment: putBucketRequestPayment(s3),
    PutBucketTagging: putBucketTagging(s3),
    PutBucketVersioning: putBucketVersioning(s3),
    PutObject: putObject(s3),
    PutObjectAcl: putObjectAcl(s3),
    PutObjectLegalHold: putObjectLegalHold(s3),
    PutObjectLockConfiguration: putObjectLockConfiguration(s3),
    PutObjectRetention: putObjectRetention(s3),
    PutObjectTagging: putObjectTagging(s3),
    PutPublicAccessBlock: putPublicAccessBlock(s3),
    UploadPart: uploadPart(s3),
    UploadPartCopy: uploadPartCopy(s3),
    ...neverSet(s3),
  });
}
